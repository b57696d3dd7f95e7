// What the page says in English, in one place: a change of a text is a change here.

import { ORGANIZATION } from './kayle';

/** The heading of each state. */
export const HEADING = {
  consent: `${ORGANIZATION} asks to verify your identity`,
  handoff: 'Continue on your phone',
  handoffOnPhone: 'Continue in the app',
  chip: 'Read your passport’s chip',
  face: 'Now your face',
  succeeded: 'Your identity is verified',
  failed: 'Your identity could not be verified',
  expired: 'The time for this verification is over',
  cancelledByUser: 'You cancelled this verification',
  cancelledByOrganization: `${ORGANIZATION} cancelled this verification`,
  withdrawn: 'You withdrew this verification',
  askCancel: 'Cancel this verification?',
  askRelease: 'Disconnect the phone?',
  askWithdraw: 'Withdraw this verification?',
  openOriginal: 'Please open your original link',
  wrongLink: 'This link does not fit this verification',
  notFound: 'This verification does not exist',
  malformed: 'This link is not complete',
  app: 'Open this on a phone with the app',
} as const;

/** Links and buttons. */
export const DO = {
  agree: 'Agree and continue',
  decline: 'Decline',
  cannot: 'I cannot do this',
  cancel: 'Cancel verification',
  cancelYes: 'Yes, cancel it',
  back: 'Go back',
  release: 'Not your phone? Disconnect it',
  releaseYes: 'Yes, disconnect it',
  checkNow: 'Check now',
  copy: 'Copy link',
  openApp: 'Open the app',
  stay: 'Stay here',
  goOn: 'Send me on',
  withdraw: 'Withdraw',
  withdrawYes: 'Yes, withdraw',
} as const;

/** The box that agrees to the comparison of faces. */
export const BIOMETRIC = 'I agree that my face is compared with the photo in my passport';

/** The field with the hand-off link. */
export const LINK = 'Or open this link on your phone';

/** The image a phone's camera reads. */
export const QR = /^QR code that opens this verification on your phone/;

/** Attempts left, by how many. */
export const LEFT = ['None left of 3', '1 of 3: this is the last one', '2 of 3: two left', '3 of 3: all three left'] as const;

/** What went wrong last, while there are tries left. */
export const WRONG = {
  chip: 'The chip’s data could not be confirmed as genuine.',
  face: 'We could not see clearly that a person is in front of the camera.',
} as const;

/** Why it ended, where it failed. */
export const ENDED = {
  chip: 'The data on the chip could not be confirmed as issued by a state.',
  face: 'We could not see clearly that a person was in front of the camera.',
  mismatch: 'The face in front of the camera was not recognised as the one in the passport.',
  cloned: 'The protection against copied chips did not pass.',
} as const;

/** Said to those who did not tick the box for the face. */
export const FORGOT = 'tick the box';

/** The phone was disconnected. */
export const RELEASED = 'The phone is disconnected. You can connect another one.';

/** Said to those without JavaScript. */
export const BY_ITSELF = 'This page looks for news by itself every 20 seconds.';

/** Said while no news arrive. */
export const LOST = 'Connection lost. Reconnecting…';

/** The sandbox's panel. */
export const PANEL = {
  heading: 'Sandbox: play the phone',
  scenario: 'What happens',
  start: 'Start the phone',
  started: 'The simulated phone has started. This page follows it.',
} as const;
