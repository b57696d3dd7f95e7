### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = 日本語
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = 本文へ移動
language = 言語
switch = 言語を変更
ribbon = サンドボックス：表示される内容はすべて架空のものです
steps-label = 進行状況
step-agree = 同意
step-phone = スマホ
step-check = 確認
step-done = 完了
# Said to screen readers behind a step that lies behind.
step-behind = （完了）
minutes-left = { $n ->
   *[other] 残り{ $n }分
}
hours-left = { $n ->
   *[other] 残り{ $n }時間
}
moments-left = 残り1分未満
time-is-up = 時間切れです
check-now = 今すぐ状況を確認
no-script = このページは、20秒ごとに自動で最新の状況を確認します。
reconnecting = 接続が切れました。再接続しています…
cancel = 本人確認をキャンセル
new-tab = （新しいタブで開きます）
# $org (String) - the organization's name; an address follows.
help = ご不明な点は{ $org }へメールでお問い合わせください：

## What may be shared

claim-document-type-code = 書類の種類
claim-issuing-country-code = 書類を発行した国・地域
claim-family-name = 姓
claim-given-names = 名
claim-document-number = 書類の番号
claim-nationality-code = 国籍
claim-date-of-birth = 生年月日
claim-sex-marker = 性別（書類の記載どおり）
claim-document-expiry-date = 書類の有効期限
claim-mrz-optional-data = 書類に任意で記録されている情報（個人識別番号など）
    .hint = 内容は国・地域によって異なります。
claim-kayle-document-id = 書類を識別するコード（Kayle Document ID）
    .hint = 同じ書類からは同じコードが作られます。このコードから書類の番号を知ることはできません。
claim-kayle-human-id = ご本人を識別するコード（Kayle Human ID）
    .hint = 氏名、生年月日、性別、国籍から作られ、別の書類を使ったときにも同じ方だと確認するために使われます。このコードから氏名などを知ることはできません。
# $years (String) - an age, 12 to 130.
claim-age-over = { $years }歳以上かどうか（生年月日は含みません）

## Who asks for what

consent-heading = { $org }が本人確認を求めています
consent-lead = パスポートと、そのICチップを読み取れるスマートフォンをご用意ください。所要時間は約3分です。同意する前に情報が提供されることはありません。
consent-about = { $org }について
consent-website = ウェブサイト
consent-privacy = プライバシーポリシー
consent-terms = 利用規約
consent-required = { $org }に提供される情報
consent-required-mark = 必須
consent-optional = 任意で追加できる情報
consent-optional-lead = { $org }は次の情報も希望しています。提供しなくても本人確認はできます。
consent-says = { $org }の説明：
consent-added = すべての本人確認に含まれる項目。
consent-not-shared = { $org }に提供されない情報
consent-not-shared-text = パスポートの顔写真、撮影した顔の画像、そのほかここに記載のない情報です。これらは確認のためだけに使われ、保存されません。確認が成功したかどうかは{ $org }に伝わります。
consent-afterwards = 本人確認のあと
consent-afterwards-text = 手続きが終わると、{ $host }に移動します。
consent-afterwards-here = 手続きが終わったら、このページを閉じて構いません。
consent-face = 顔の照合
consent-biometric = 自分の顔とパスポートの顔写真を照合することに同意します
consent-biometric-hint = スマートフォンで顔を短時間撮影します。これは生体情報にあたります。パスポートがご本人のものであることの確認だけに使い、確認後すぐに削除します。
consent-agree = 同意して続ける
consent-decline = 同意しない
consent-cannot = この方法を利用できない場合
consent-cannot-text = ICチップ付きのパスポートがない、対応するスマートフォンがない、顔を照合されたくない、といった場合は以下をご覧ください。
consent-fallback = { $org }が用意している別の方法を利用する
consent-support = 別の方法については{ $org }にお問い合わせください：
consent-nobody = 別の方法については{ $org }にお問い合わせください。

## Bring a phone

handoff-heading = スマートフォンで続けてください
handoff-scan = スマートフォンのカメラでこのコードを読み取ってください。このあと、スマートフォンでパスポートのICチップを読み取り、顔を撮影します。
handoff-qr-alternative = この本人確認をスマートフォンで開くためのQRコード。同じリンクをすぐ近くに文字でも表示しています。
handoff-link-label = または、スマートフォンでこのリンクを開く
handoff-copy = リンクをコピー
handoff-copied = コピーしました
handoff-heading-phone = アプリで続けてください
handoff-lead-phone = アプリでパスポートのICチップを読み取り、顔を撮影します。パスポートをお手元にご用意ください。
handoff-open = アプリを開く
handoff-other-phone = 別のスマートフォンを使う
handoff-next = このあとの流れ
handoff-next-1 = パスポートの顔写真のページをスキャンします。
handoff-next-2 = スマートフォンをパスポートに当て、ICチップの読み取りが終わるまで待ちます。
handoff-next-3 = 少しの間、カメラを見ます。
handoff-by-itself = スマートフォンで手続きが始まると、このページは自動的に次へ進みます。

## A phone is at work

progress-heading-chip = パスポートのICチップを読み取ってください
progress-lead-chip = スマートフォンの案内に従ってください。パスポートを平らに置き、その上にスマートフォンを載せたまま動かさないでください。
progress-heading-face = 次は顔の確認です
progress-lead-face = ICチップの読み取りが終わりました。スマートフォンのカメラを見て、案内に従ってください。
progress-checks-label = スマートフォンでの手順
progress-check-phone = スマートフォンの接続
progress-check-chip = パスポートのICチップ
progress-check-face = 顔の確認
progress-state-done = 完了
progress-state-now = 進行中
progress-state-next = このあと
progress-code-label = スマートフォンに表示される番号：
progress-code-hint = 接続中のスマートフォンにも、同じ4桁の数字が表示されています。
progress-release = ご自分のスマートフォンではない場合は、接続を解除
progress-tries = 残りの回数
progress-tries-chip = パスポートのICチップ
progress-tries-face = 顔の確認
# How many of three attempts are left.
progress-left-0 = 3回中、残りなし
progress-left-1 = 3回中、あと1回（これが最後です）
progress-left-2 = 3回中、あと2回
progress-left-3 = 3回中、あと3回
progress-failed = 前回はうまくいきませんでした

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = ICチップのデータが本物であることを確認できませんでした。
    .next = 正しいパスポートかどうかを確認し、もう一度ICチップを読み取ってください。
    .end = ICチップのデータについて、国が発行したものであることを確認できませんでした。パスポートが本物の場合は、発行した国・地域にまだ対応していない可能性があります。
failure-document-active-authentication-failed = ICチップが本物であることを確認できませんでした。
    .next = スマートフォンをパスポートに当てたまま動かさず、もう一度ICチップを読み取ってください。
    .end = ICチップが複製ではなく本物であることを確認できませんでした。
failure-document-chip-authentication-failed = ICチップとの安全な接続に失敗しました。
    .next = スマートフォンのケースを外し、動かさないようにして、もう一度ICチップを読み取ってください。
    .end = 安全な接続を使って、ICチップが本物であることを確認することができませんでした。
failure-document-anti-cloning-attestation-failed = ICチップの複製を防ぐための検査に通りませんでした。
    .next = ここでもう一度試すことはできません。
    .end = ICチップの複製を防ぐための検査に通りませんでした。安全のため、ここでもう一度試すことはできません。
failure-document-data-invalid = ICチップのデータを読み取れませんでした。
    .next = ICチップのマークが付いたパスポートかどうかを確認し、もう一度お試しください。
    .end = ICチップのデータを、パスポートのものとして読み取れませんでした。
failure-liveness-failed = カメラの前に実際に人がいることを、はっきり確認できませんでした。
    .next = 明るさにむらのない場所に移り、サングラスやマスクを外し、スマートフォンを目の高さに持って、もう一度お試しください。
    .end = カメラの前に実際に人がいることを、はっきり確認できませんでした。
failure-selfie-face-mismatch = パスポートの顔写真と同じ人であることを確認できませんでした。
    .next = ご自分のパスポートかどうかを確認してください。明るさにむらのない場所でカメラに顔を向け、もう一度お試しください。
    .end = カメラに映った顔が、パスポートの顔写真と同じ人であることを確認できませんでした。

## It is over

outcome-succeeded = 本人確認が完了しました
    .text = パスポートが本物であり、ご本人のものであることを確認しました。
    .organization = { $org }に提供されるのは、同意された情報だけです。それ以外は提供されません。
outcome-failed = 本人確認ができませんでした
    .text = 確認に失敗しました。
    .organization = ご本人や書類に関する情報は一切提供されていません。もう一度行う場合は、{ $org }が新しい本人確認を開始できます。
outcome-expired = 本人確認の制限時間が過ぎました
    .text = 時間内に完了しませんでした。情報は一切提供されていません。
    .organization = 引き続き本人確認を希望される場合は、{ $org }でもう一度最初から始めてください。
outcome-cancelled = この本人確認はキャンセルされました
    .text = 続けることはできません。
outcome-cancelled-by-user = 本人確認をキャンセルしました
    .text = 続けることはできません。これ以上、情報が提供されることはありません。
outcome-cancelled-by-organization = { $org }がこの本人確認をキャンセルしました
    .text = 続けることはできません。情報は一切提供されていません。理由については{ $org }にお問い合わせください。
outcome-withdrawn = この本人確認は撤回されました
    .text = まだ{ $org }に届いていなかった情報は破棄されました。それ以外を削除できるのは{ $org }だけです。
outcome-go-on = { $host }に進む
outcome-close = このページは閉じて構いません。
outcome-countdown = { $n ->
   *[other] { $n }秒後に移動します。
}
outcome-pause = このページにとどまる
outcome-resume = 移動する
outcome-withdraw-heading = 気が変わりましたか？
outcome-withdraw-text = まだ{ $org }に届いていない情報は、提供を撤回できます。
outcome-withdraw-late = 結果はすでに{ $org }に届いています。ここから取り消すことはできませんが、{ $org }は削除できます。
outcome-withdraw = 撤回する

## Questions before something that cannot be taken back

confirm-cancel = この本人確認をキャンセルしますか？
    .text = キャンセルしたこと以外、{ $org }には何も伝わりません。キャンセルすると続けることはできません。再び行うには、{ $org }が新しい本人確認を開始する必要があります。
    .yes = はい、キャンセルします
confirm-withdraw = この本人確認を撤回しますか？
    .text = まだ{ $org }に届いていない情報は破棄され、送信されることはありません。{ $org }がすでに受け取った情報は、ここから取り消すことはできません。削除は{ $org }に依頼してください。
    .yes = はい、撤回します
confirm-release = スマートフォンの接続を解除しますか？
    .text = 接続中のスマートフォンでは続けられなくなります。解除したあと、別のスマートフォンを接続できます。使った回数は元に戻りません。
    .yes = はい、解除します
confirm-back = 戻る

## Messages above a page

notice-biometric-required = 続けるには、「顔の照合」の欄にチェックを入れてください。照合を行わないと、この本人確認はできません。
notice-selection-incomplete = 必須の項目が選択に含まれていませんでした。もう一度、同意の操作をしてください。
notice-consent-frozen = すでにスマートフォンで手続きが始まっているため、同意の内容は変更できません。
notice-released = スマートフォンの接続を解除しました。別のスマートフォンを接続できます。
notice-simulating = 模擬スマートフォンが動作を開始しました。このページに進み具合が表示されます。
notice-changed = その操作はもうできません。このページには現在の状況を表示しています。
notice-too-many = アクセスの回数が多すぎます。1分ほど待ってから、もう一度お試しください。
notice-trouble = システムに問題が発生しました。何も変更されていません。もう一度お試しください。

## What testers read in a sandbox

sandbox-heading = サンドボックス：スマートフォンの動作を選ぶ
sandbox-text = 模擬スマートフォンがこのセッションで行うことを選び、このページの変化を確認してください。
sandbox-scenario = 動作
sandbox-pass = すべて成功する
sandbox-nfc-fail = チップが本物ではない（3回）
sandbox-liveness-fail = カメラの前に人が確認できない（3回）
sandbox-face-mismatch = 別人の顔である（3回）
sandbox-cloned = チップがコピーである（すぐに終了）
sandbox-abandon = 接続したまま何もしない
sandbox-start = スマートフォンを開始
sandbox-command-line = コマンドラインから実行する
sandbox-terminal = サンドボックスでは、模擬スマートフォンを使えます。このサーバーと同じ設定のターミナルで、次のコマンドを実行してください：

## What is in the way

problem-not-found = この本人確認は存在しません
    .text = 削除された可能性があります。リンクを確認するか、リンクの送り主に新しいものを依頼してください。
problem-malformed = このリンクは不完全です
    .text = アドレスの一部が欠けているか、間違っています。受け取ったリンクを、そのままもう一度開いてください。
problem-open-original = 元のリンクを開いてください
    .text = この本人確認は別のブラウザで開始されました。受け取ったリンクをそのブラウザで開くか、ここでもう一度開いてください。
problem-wrong-link = このリンクは、この本人確認のものではありません
    .text = リンクに含まれるキーが正しくありません。受け取ったリンクを、そのままもう一度開いてください。
problem-forged = 当サイトのページから送信されたものではありません
    .text = 安全のため、何も変更していません。本人確認のページに戻り、そこでもう一度お試しください。
problem-method = このアドレスに表示するものはありません
    .text = ここはフォームを受け付けるためだけのアドレスです。本人確認のページに戻って続けてください。
problem-bad-form = フォームを読み取れませんでした
    .text = 何も変更されていません。前のページに戻り、再読み込みしてから、もう一度お試しください。
problem-timed-out = 時間がかかりすぎました
    .text = 処理が完了したかどうかは分かりません。確認ページをもう一度開くと、現在の状態が表示されます。
problem-too-many = アクセスの回数が多すぎます
    .text = 1分ほど待ってから、このページを再読み込みしてください。
problem-trouble = システムに問題が発生しました
    .text = 何も変更されていません。しばらくしてから、もう一度お試しください。

## Where the app link leads when no app took it

app = アプリの入ったスマートフォンで開いてください
    .text = この手順にはスマートフォンのアプリが必要です。アプリでパスポートのICチップを読み取り、顔を撮影します。アプリをインストールしてから、コードを読み取るか、リンクをもう一度開いてください。
