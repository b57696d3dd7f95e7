//! Simplified Chinese.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The Simplified Chinese catalogue.
pub(super) static CATALOGUE: Catalogue = catalogue!("zh-Hans", "简体中文", "ltr", plural::other);

const COMMON: Common = Common {
    skip: "跳到正文",
    language: "语言",
    switch: "切换语言",
    ribbon: "沙盒环境：此处内容均非真实",
    steps_label: "进度",
    steps: ["同意", "手机", "验证", "完成"],
    step_done: "（已完成）",
    minutes_left: &[("other", "剩余{n}分钟")],
    hours_left: &[("other", "剩余{n}小时")],
    moments_left: "剩余不到1分钟",
    time_is_up: "时间已到",
    check_now: "立即查看进展",
    no_script: "本页面每20秒自动查看一次最新进展。",
    reconnecting: "连接已断开，正在重新连接……",
    cancel: "取消身份验证",
    new_tab: "（在新标签页中打开）",
    help: |org| format!("有疑问？请发邮件给{org}："),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org}请求验证您的身份"),
    lead: "您需要准备护照，以及一部能读取护照芯片的手机。整个过程大约需要3分钟。在您同意之前，不会共享任何信息。",
    about: |org| format!("关于{org}"),
    website: "网站",
    privacy: "隐私声明",
    terms: "服务条款",
    required: |org| format!("{org}将收到的信息"),
    required_mark: "必需",
    optional: "您可以另外提供的信息",
    optional_lead: |org| format!("{org}还希望获得以下信息。不提供也可以完成验证。"),
    says: |org| format!("{org}的说明："),
    added: "每次身份验证都包含此项。",
    not_shared: |org| format!("{org}不会收到的信息"),
    not_shared_text: |org| {
        format!(
            "您护照上的照片、拍摄到的面部画面，以及此处未列出的任何信息。这些内容仅用于本次验证，不会保留。{org}会得知验证是否通过。"
        )
    },
    afterwards: "完成之后",
    afterwards_text: ["页面将跳转至", "。"],
    afterwards_here: "完成后，您可以关闭本页面。",
    face: "面部比对",
    biometric: "我同意将我的面部与护照上的照片进行比对",
    biometric_hint: "手机会短暂拍摄您的面部。这属于生物识别信息，仅用于确认护照属于您本人，确认后立即删除。",
    agree: "同意并继续",
    decline: "不同意",
    cannot: "我无法以这种方式验证",
    cannot_text: "没有带芯片的护照、没有合适的手机，或者不希望进行面部比对？",
    fallback: |org| format!("使用{org}提供的其他方式"),
    support: |org| format!("请向{org}咨询其他方式："),
    nobody: |org| format!("请向{org}咨询其他方式。"),
};

const HANDOFF: Handoff = Handoff {
    heading: "请在手机上继续",
    scan: "请用手机摄像头对准这个二维码。接下来，手机将读取护照芯片并拍摄您的面部。",
    qr_alternative: "用于在手机上打开本次身份验证的二维码。旁边以文字形式提供了同一链接。",
    link_label: "或在手机上打开此链接",
    copy: "复制链接",
    copied: "已复制",
    heading_phone: "请在应用中继续",
    lead_phone: "应用将读取护照芯片并拍摄您的面部。请准备好护照。",
    open: "打开应用",
    other_phone: "使用另一部手机",
    next: "接下来的步骤",
    next_items: [
        "扫描护照上带照片的资料页。",
        "将手机贴近护照，直到芯片读取完成。",
        "看向摄像头，保持片刻。",
    ],
    by_itself: "手机上开始操作后，本页面会自动继续。",
};

const PROGRESS: Progress = Progress {
    heading_chip: "请读取护照芯片",
    lead_chip: "请按照手机上的步骤操作。将护照平放，手机放在护照上保持不动。",
    heading_face: "接下来是面部验证",
    lead_face: "芯片已读取完成。请看向手机摄像头，并按照提示操作。",
    checks_label: "手机上的步骤",
    checks: ["连接手机", "护照芯片", "面部验证"],
    states: ["已完成", "进行中", "待进行"],
    code_label: "您的手机上显示：",
    code_hint: "已连接的手机上会显示相同的四位数字。",
    release: "不是您的手机？断开连接",
    tries: "剩余尝试次数",
    tries_of: ["护照芯片", "面部验证"],
    tries_left: [
        "共3次，已用完",
        "共3次，还剩1次，这是最后一次",
        "共3次，还剩2次",
        "共3次，还剩3次",
    ],
    failed: "上一次尝试未成功",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "证件类型",
        Claim::IssuingCountryCode => "证件签发国家/地区",
        Claim::FamilyName => "姓",
        Claim::GivenNames => "名",
        Claim::DocumentNumber => "证件号码",
        Claim::NationalityCode => "国籍",
        Claim::DateOfBirth => "出生日期",
        Claim::SexMarker => "证件上标注的性别",
        Claim::DocumentExpiryDate => "证件到期日",
        Claim::MrzOptionalData => "证件中的可选信息，例如个人编号",
        Claim::KayleDocumentId => "代表您证件的代码（Kayle Document ID）",
        Claim::KayleHumanId => "代表您本人的代码（Kayle Human ID）",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some("同一证件会得到相同的代码。从代码中无法得知您的证件号码。"),
        Claim::KayleHumanId => Some(
            "根据您的姓名、出生日期、性别和国籍生成，以便您使用其他证件时仍能认出是您本人。从代码中无法得知这些信息。",
        ),
        Claim::MrzOptionalData => Some("具体内容因国家/地区而异。"),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("您是否已满{years}周岁（不含出生日期）")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "您的身份已通过验证", text: "护照是真实的，并且属于您本人。"
    },
    succeeded_org: |org| format!("{org}只会收到您同意共享的信息，不会收到其他任何信息。"),
    failed: Titled { heading: "未能验证您的身份", text: "验证未通过。" },
    failed_again: |org| format!("没有共享任何关于您或您证件的信息。{org}可以重新发起身份验证。"),
    expired: Titled {
        heading: "本次身份验证已超时",
        text: "验证未在规定时间内完成。没有共享任何信息。",
    },
    expired_again: |org| format!("如果您仍想验证身份，请在{org}重新开始。"),
    cancelled: Titled { heading: "本次身份验证已取消", text: "无法继续进行。" },
    cancelled_by_user: Titled {
        heading: "您已取消本次身份验证",
        text: "无法继续进行。不会再共享任何信息。",
    },
    cancelled_by_org: |org| {
        (
            format!("{org}取消了本次身份验证"),
            format!("无法继续进行。没有共享任何信息。如需了解原因，请咨询{org}。"),
        )
    },
    go_on: |host| format!("继续前往{host}"),
    close: "您现在可以关闭本页面。",
    countdown: &[("other", "页面将在{n}秒后跳转。")],
    pause: "留在本页",
    resume: "继续跳转",
    withdrawn: "您已撤回本次验证",
    withdrawn_part: |org| format!("尚未送达{org}的内容已被销毁，其余内容只能由{org}删除。"),
    withdraw_heading: "改变主意了？",
    withdraw_text: |org| format!("尚未送达{org}的信息，您可以撤回。"),
    withdraw_late: |org| format!("结果已送达{org}，无法从这里收回，但{org}可以将其删除。"),
    withdraw: "撤回",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "返回" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "要取消本次身份验证吗？",
            text: |org| {
                format!(
                    "{org}只会得知您已取消，不会收到其他任何信息。取消后无法继续；如需再次验证，须由{org}重新发起。"
                )
            },
            yes: "是，取消验证",
        },
        Question::Withdraw => QuestionText {
            heading: "要撤回本次身份验证吗？",
            text: |org| {
                format!(
                    "尚未送达{org}的信息将被销毁，不会再发送。{org}已经收到的信息无法从这里收回，请要求{org}删除。"
                )
            },
            yes: "是，撤回",
        },
        Question::Release => QuestionText {
            heading: "要断开手机连接吗？",
            text: |_| {
                "当前连接的手机将无法继续。之后您可以连接另一部手机。已用掉的尝试次数不会恢复。"
                    .to_owned()
            },
            yes: "是，断开连接",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "如要继续，请勾选“面部比对”下方的复选框。不进行比对，就无法完成本次验证。"
        }
        Notice::SelectionIncomplete => "您的选择中缺少必需的项目。请重新同意。",
        Notice::ConsentFrozen => "手机上已经开始操作，因此您同意的内容无法再更改。",
        Notice::Released => "手机已断开连接。您可以连接另一部手机。",
        Notice::Simulating => "模拟手机已启动，本页面会随之更新。",
        Notice::Changed => "该操作已无法进行。本页面显示的是当前状态。",
        Notice::TooMany => "请求过于频繁。请等待一分钟后重试。",
        Notice::Trouble => "我们的系统出现问题。未作任何更改。请重试。",
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "沙盒：扮演手机",
    text: "请选择模拟手机对本次会话执行的操作，并观察本页面的变化。",
    scenario: "发生什么",
    scenarios: [
        "全部成功",
        "芯片不是真的（三次）",
        "镜头前看不到人（三次）",
        "人脸是别人的（三次）",
        "芯片是复制品：立即结束",
        "手机连接后什么也不做",
    ],
    start: "启动手机",
    command_line: "使用命令行",
    terminal: "沙盒环境提供模拟手机。请在采用本服务器配置的终端中运行以下命令：",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "请在装有应用的手机上打开",
        text: "此步骤需要使用手机应用，由它读取护照芯片并拍摄您的面部。请先安装应用，然后扫描二维码或重新打开链接。",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => {
            ("此身份验证不存在", "它可能已被删除。请检查链接，或向发送者索取新链接。")
        }
        Problem::Malformed => {
            ("此链接不完整", "网址有缺失或输入有误。请按收到的原样重新打开链接。")
        }
        Problem::OpenOriginal => (
            "请打开原始链接",
            "本次身份验证是在另一个浏览器中开始的。请在那个浏览器中打开您收到的链接，或在这里重新打开该链接。",
        ),
        Problem::WrongLink => {
            ("此链接与本次身份验证不匹配", "链接中的密钥不正确。请按收到的原样重新打开链接。")
        }
        Problem::Forged => {
            ("此请求并非来自我们的页面", "为了您的安全，未作任何更改。请返回身份验证页面重试。")
        }
        Problem::Method => {
            ("此网址没有可显示的内容", "它仅用于接收表单。请返回身份验证页面继续操作。")
        }
        Problem::BadForm => ("无法读取表单", "未作任何更改。请返回上一页，刷新页面后重试。"),
        Problem::TooMany => ("请求过于频繁", "请等待一分钟，然后刷新本页面。"),
        Problem::Trouble => ("我们的系统出现问题", "未作任何更改。请稍后重试。"),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "无法确认芯片数据的真实性。",
            next: "请确认使用的是正确的护照，然后重新读取芯片。",
            end: "无法确认芯片中的数据由国家机关签发。如果您的护照是真实的，可能是我们尚不支持其签发国家/地区。",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "无法确认芯片是原始芯片。",
            next: "请将手机贴在护照上保持不动，然后重新读取芯片。",
            end: "无法确认芯片是原始芯片而非复制品。",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "与芯片建立安全连接失败。",
            next: "请取下手机壳，保持手机不动，然后重新读取芯片。",
            end: "未能通过安全连接确认芯片是原始芯片。",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "未通过芯片防复制检查。",
            next: "无法在此重试。",
            end: "未通过芯片防复制检查。出于安全考虑，无法在此重试。",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "无法读取芯片数据。",
            next: "请确认证件是带有芯片标志的护照，然后重试。",
            end: "芯片中的数据无法识别为护照数据。",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "未能清楚确认摄像头前是真人。",
            next: "请到光线均匀的地方，摘下墨镜或口罩，将手机举到与眼睛齐平的位置，然后重试。",
            end: "未能清楚确认摄像头前是真人。",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "未能确认您与护照照片上的是同一人。",
            next: "请确认使用的是您本人的护照。在光线均匀的地方正对摄像头，然后重试。",
            end: "未能确认摄像头前的人与护照照片上的是同一人。",
        },
    }
}
