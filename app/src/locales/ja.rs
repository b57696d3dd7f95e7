//! Japanese.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The Japanese catalogue.
pub(super) static CATALOGUE: Catalogue = catalogue!("ja", "日本語", "ltr", plural::other);

const COMMON: Common = Common {
    skip: "本文へ移動",
    language: "言語",
    switch: "言語を変更",
    ribbon: "サンドボックス：表示される内容はすべて架空のものです",
    steps_label: "進行状況",
    steps: ["同意", "スマホ", "確認", "完了"],
    step_done: "（完了）",
    minutes_left: &[("other", "残り{n}分")],
    hours_left: &[("other", "残り{n}時間")],
    moments_left: "残り1分未満",
    time_is_up: "時間切れです",
    check_now: "今すぐ状況を確認",
    no_script: "このページは、20秒ごとに自動で最新の状況を確認します。",
    reconnecting: "接続が切れました。再接続しています…",
    cancel: "本人確認をキャンセル",
    new_tab: "（新しいタブで開きます）",
    help: |org| format!("ご不明な点は{org}へメールでお問い合わせください："),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org}が本人確認を求めています"),
    lead: "パスポートと、そのICチップを読み取れるスマートフォンをご用意ください。所要時間は約3分です。同意する前に情報が提供されることはありません。",
    about: |org| format!("{org}について"),
    website: "ウェブサイト",
    privacy: "プライバシーポリシー",
    terms: "利用規約",
    required: |org| format!("{org}に提供される情報"),
    required_mark: "必須",
    optional: "任意で追加できる情報",
    optional_lead: |org| {
        format!("{org}は次の情報も希望しています。提供しなくても本人確認はできます。")
    },
    says: |org| format!("{org}の説明："),
    added: "すべての本人確認に含まれる項目。",
    not_shared: |org| format!("{org}に提供されない情報"),
    not_shared_text: |org| {
        format!(
            "パスポートの顔写真、撮影した顔の画像、そのほかここに記載のない情報です。これらは確認のためだけに使われ、保存されません。確認が成功したかどうかは{org}に伝わります。"
        )
    },
    afterwards: "本人確認のあと",
    afterwards_text: ["手続きが終わると、", "に移動します。"],
    afterwards_here: "手続きが終わったら、このページを閉じて構いません。",
    face: "顔の照合",
    biometric: "自分の顔とパスポートの顔写真を照合することに同意します",
    biometric_hint: "スマートフォンで顔を短時間撮影します。これは生体情報にあたります。パスポートがご本人のものであることの確認だけに使い、確認後すぐに削除します。",
    agree: "同意して続ける",
    decline: "同意しない",
    cannot: "この方法を利用できない場合",
    cannot_text: "ICチップ付きのパスポートがない、対応するスマートフォンがない、顔を照合されたくない、といった場合は以下をご覧ください。",
    fallback: |org| format!("{org}が用意している別の方法を利用する"),
    support: |org| format!("別の方法については{org}にお問い合わせください："),
    nobody: |org| format!("別の方法については{org}にお問い合わせください。"),
};

const HANDOFF: Handoff = Handoff {
    heading: "スマートフォンで続けてください",
    scan: "スマートフォンのカメラでこのコードを読み取ってください。このあと、スマートフォンでパスポートのICチップを読み取り、顔を撮影します。",
    qr_alternative: "この本人確認をスマートフォンで開くためのQRコード。同じリンクをすぐ近くに文字でも表示しています。",
    link_label: "または、スマートフォンでこのリンクを開く",
    copy: "リンクをコピー",
    copied: "コピーしました",
    heading_phone: "アプリで続けてください",
    lead_phone: "アプリでパスポートのICチップを読み取り、顔を撮影します。パスポートをお手元にご用意ください。",
    open: "アプリを開く",
    other_phone: "別のスマートフォンを使う",
    next: "このあとの流れ",
    next_items: [
        "パスポートの顔写真のページをスキャンします。",
        "スマートフォンをパスポートに当て、ICチップの読み取りが終わるまで待ちます。",
        "少しの間、カメラを見ます。",
    ],
    by_itself: "スマートフォンで手続きが始まると、このページは自動的に次へ進みます。",
};

const PROGRESS: Progress = Progress {
    heading_chip: "パスポートのICチップを読み取ってください",
    lead_chip: "スマートフォンの案内に従ってください。パスポートを平らに置き、その上にスマートフォンを載せたまま動かさないでください。",
    heading_face: "次は顔の確認です",
    lead_face: "ICチップの読み取りが終わりました。スマートフォンのカメラを見て、案内に従ってください。",
    checks_label: "スマートフォンでの手順",
    checks: ["スマートフォンの接続", "パスポートのICチップ", "顔の確認"],
    states: ["完了", "進行中", "このあと"],
    code_label: "スマートフォンに表示される番号：",
    code_hint: "接続中のスマートフォンにも、同じ4桁の数字が表示されています。",
    release: "ご自分のスマートフォンではない場合は、接続を解除",
    tries: "残りの回数",
    tries_of: ["パスポートのICチップ", "顔の確認"],
    tries_left: [
        "3回中、残りなし",
        "3回中、あと1回（これが最後です）",
        "3回中、あと2回",
        "3回中、あと3回",
    ],
    failed: "前回はうまくいきませんでした",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "書類の種類",
        Claim::IssuingCountryCode => "書類を発行した国・地域",
        Claim::FamilyName => "姓",
        Claim::GivenNames => "名",
        Claim::DocumentNumber => "書類の番号",
        Claim::NationalityCode => "国籍",
        Claim::DateOfBirth => "生年月日",
        Claim::SexMarker => "性別（書類の記載どおり）",
        Claim::DocumentExpiryDate => "書類の有効期限",
        Claim::MrzOptionalData => "書類に任意で記録されている情報（個人識別番号など）",
        Claim::KayleDocumentId => "書類を識別するコード（Kayle Document ID）",
        Claim::KayleHumanId => "ご本人を識別するコード（Kayle Human ID）",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "同じ書類からは同じコードが作られます。このコードから書類の番号を知ることはできません。",
        ),
        Claim::KayleHumanId => Some(
            "氏名、生年月日、性別、国籍から作られ、別の書類を使ったときにも同じ方だと確認するために使われます。このコードから氏名などを知ることはできません。",
        ),
        Claim::MrzOptionalData => Some("内容は国・地域によって異なります。"),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("{years}歳以上かどうか（生年月日は含みません）")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "本人確認が完了しました",
        text: "パスポートが本物であり、ご本人のものであることを確認しました。",
    },
    succeeded_org: |org| {
        format!("{org}に提供されるのは、同意された情報だけです。それ以外は提供されません。")
    },
    failed: Titled {
        heading: "本人確認ができませんでした", text: "確認に失敗しました。"
    },
    failed_again: |org| {
        format!(
            "ご本人や書類に関する情報は一切提供されていません。もう一度行う場合は、{org}が新しい本人確認を開始できます。"
        )
    },
    expired: Titled {
        heading: "本人確認の制限時間が過ぎました",
        text: "時間内に完了しませんでした。情報は一切提供されていません。",
    },
    expired_again: |org| {
        format!("引き続き本人確認を希望される場合は、{org}でもう一度最初から始めてください。")
    },
    cancelled: Titled {
        heading: "この本人確認はキャンセルされました",
        text: "続けることはできません。",
    },
    cancelled_by_user: Titled {
        heading: "本人確認をキャンセルしました",
        text: "続けることはできません。これ以上、情報が提供されることはありません。",
    },
    cancelled_by_org: |org| {
        (
            format!("{org}がこの本人確認をキャンセルしました"),
            format!(
                "続けることはできません。情報は一切提供されていません。理由については{org}にお問い合わせください。"
            ),
        )
    },
    go_on: |host| format!("{host}に進む"),
    close: "このページは閉じて構いません。",
    countdown: &[("other", "{n}秒後に移動します。")],
    pause: "このページにとどまる",
    resume: "移動する",
    withdrawn: "この本人確認は撤回されました",
    withdrawn_part: |org| {
        format!(
            "まだ{org}に届いていなかった情報は破棄されました。それ以外を削除できるのは{org}だけです。"
        )
    },
    withdraw_heading: "気が変わりましたか？",
    withdraw_text: |org| format!("まだ{org}に届いていない情報は、提供を撤回できます。"),
    withdraw_late: |org| {
        format!(
            "結果はすでに{org}に届いています。ここから取り消すことはできませんが、{org}は削除できます。"
        )
    },
    withdraw: "撤回する",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "戻る" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "この本人確認をキャンセルしますか？",
            text: |org| {
                format!(
                    "キャンセルしたこと以外、{org}には何も伝わりません。キャンセルすると続けることはできません。再び行うには、{org}が新しい本人確認を開始する必要があります。"
                )
            },
            yes: "はい、キャンセルします",
        },
        Question::Withdraw => QuestionText {
            heading: "この本人確認を撤回しますか？",
            text: |org| {
                format!(
                    "まだ{org}に届いていない情報は破棄され、送信されることはありません。{org}がすでに受け取った情報は、ここから取り消すことはできません。削除は{org}に依頼してください。"
                )
            },
            yes: "はい、撤回します",
        },
        Question::Release => QuestionText {
            heading: "スマートフォンの接続を解除しますか？",
            text: |_| {
                "接続中のスマートフォンでは続けられなくなります。解除したあと、別のスマートフォンを接続できます。使った回数は元に戻りません。"
                    .to_owned()
            },
            yes: "はい、解除します",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "続けるには、「顔の照合」の欄にチェックを入れてください。照合を行わないと、この本人確認はできません。"
        }
        Notice::SelectionIncomplete => {
            "必須の項目が選択に含まれていませんでした。もう一度、同意の操作をしてください。"
        }
        Notice::ConsentFrozen => {
            "すでにスマートフォンで手続きが始まっているため、同意の内容は変更できません。"
        }
        Notice::Released => {
            "スマートフォンの接続を解除しました。別のスマートフォンを接続できます。"
        }
        Notice::Simulating => {
            "模擬スマートフォンが動作を開始しました。このページに進み具合が表示されます。"
        }
        Notice::Changed => "その操作はもうできません。このページには現在の状況を表示しています。",
        Notice::TooMany => {
            "アクセスの回数が多すぎます。1分ほど待ってから、もう一度お試しください。"
        }
        Notice::Trouble => {
            "システムに問題が発生しました。何も変更されていません。もう一度お試しください。"
        }
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "サンドボックス：スマートフォンの動作を選ぶ",
    text: "模擬スマートフォンがこのセッションで行うことを選び、このページの変化を確認してください。",
    scenario: "動作",
    scenarios: [
        "すべて成功する",
        "チップが本物ではない（3回）",
        "カメラの前に人が確認できない（3回）",
        "別人の顔である（3回）",
        "チップがコピーである（すぐに終了）",
        "接続したまま何もしない",
    ],
    start: "スマートフォンを開始",
    command_line: "コマンドラインから実行する",
    terminal: "サンドボックスでは、模擬スマートフォンを使えます。このサーバーと同じ設定のターミナルで、次のコマンドを実行してください：",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "アプリの入ったスマートフォンで開いてください",
        text: "この手順にはスマートフォンのアプリが必要です。アプリでパスポートのICチップを読み取り、顔を撮影します。アプリをインストールしてから、コードを読み取るか、リンクをもう一度開いてください。",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "この本人確認は存在しません",
            "削除された可能性があります。リンクを確認するか、リンクの送り主に新しいものを依頼してください。",
        ),
        Problem::Malformed => (
            "このリンクは不完全です",
            "アドレスの一部が欠けているか、間違っています。受け取ったリンクを、そのままもう一度開いてください。",
        ),
        Problem::OpenOriginal => (
            "元のリンクを開いてください",
            "この本人確認は別のブラウザで開始されました。受け取ったリンクをそのブラウザで開くか、ここでもう一度開いてください。",
        ),
        Problem::WrongLink => (
            "このリンクは、この本人確認のものではありません",
            "リンクに含まれるキーが正しくありません。受け取ったリンクを、そのままもう一度開いてください。",
        ),
        Problem::Forged => (
            "当サイトのページから送信されたものではありません",
            "安全のため、何も変更していません。本人確認のページに戻り、そこでもう一度お試しください。",
        ),
        Problem::Method => (
            "このアドレスに表示するものはありません",
            "ここはフォームを受け付けるためだけのアドレスです。本人確認のページに戻って続けてください。",
        ),
        Problem::BadForm => (
            "フォームを読み取れませんでした",
            "何も変更されていません。前のページに戻り、再読み込みしてから、もう一度お試しください。",
        ),
        Problem::TooMany => (
            "アクセスの回数が多すぎます",
            "1分ほど待ってから、このページを再読み込みしてください。",
        ),
        Problem::Trouble => (
            "システムに問題が発生しました",
            "何も変更されていません。しばらくしてから、もう一度お試しください。",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "ICチップのデータが本物であることを確認できませんでした。",
            next: "正しいパスポートかどうかを確認し、もう一度ICチップを読み取ってください。",
            end: "ICチップのデータについて、国が発行したものであることを確認できませんでした。パスポートが本物の場合は、発行した国・地域にまだ対応していない可能性があります。",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "ICチップが本物であることを確認できませんでした。",
            next: "スマートフォンをパスポートに当てたまま動かさず、もう一度ICチップを読み取ってください。",
            end: "ICチップが複製ではなく本物であることを確認できませんでした。",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "ICチップとの安全な接続に失敗しました。",
            next: "スマートフォンのケースを外し、動かさないようにして、もう一度ICチップを読み取ってください。",
            end: "安全な接続を使って、ICチップが本物であることを確認することができませんでした。",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "ICチップの複製を防ぐための検査に通りませんでした。",
            next: "ここでもう一度試すことはできません。",
            end: "ICチップの複製を防ぐための検査に通りませんでした。安全のため、ここでもう一度試すことはできません。",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "ICチップのデータを読み取れませんでした。",
            next: "ICチップのマークが付いたパスポートかどうかを確認し、もう一度お試しください。",
            end: "ICチップのデータを、パスポートのものとして読み取れませんでした。",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "カメラの前に実際に人がいることを、はっきり確認できませんでした。",
            next: "明るさにむらのない場所に移り、サングラスやマスクを外し、スマートフォンを目の高さに持って、もう一度お試しください。",
            end: "カメラの前に実際に人がいることを、はっきり確認できませんでした。",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "パスポートの顔写真と同じ人であることを確認できませんでした。",
            next: "ご自分のパスポートかどうかを確認してください。明るさにむらのない場所でカメラに顔を向け、もう一度お試しください。",
            end: "カメラに映った顔が、パスポートの顔写真と同じ人であることを確認できませんでした。",
        },
    }
}
