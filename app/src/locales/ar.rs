//! Arabic.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue,
};
use crate::page::{Notice, Problem, Question};

/// The Arabic catalogue.
pub(super) static CATALOGUE: Catalogue = catalogue!("ar", "العربية", "rtl", plural);

/// Its plural rule (CLDR).
fn plural(count: u64) -> &'static str {
    match (count, count % 100) {
        (0, _) => "zero",
        (1, _) => "one",
        (2, _) => "two",
        (_, 3..=10) => "few",
        (_, 11..=99) => "many",
        _ => "other",
    }
}

const COMMON: Common = Common {
    skip: "الانتقال إلى المحتوى",
    language: "اللغة",
    switch: "تغيير اللغة",
    ribbon: "بيئة تجريبية: لا شيء هنا حقيقي",
    steps_label: "مراحل التحقق",
    steps: ["الموافقة", "الهاتف", "التحقق", "الانتهاء"],
    step_done: "(تم)",
    minutes_left: &[
        ("zero", "لم تبقَ أي دقيقة"),
        ("one", "بقيت دقيقة واحدة"),
        ("two", "بقيت دقيقتان"),
        ("few", "بقيت {n} دقائق"),
        ("many", "بقيت {n} دقيقة"),
        ("other", "بقيت {n} دقيقة"),
    ],
    hours_left: &[
        ("zero", "لم تبقَ أي ساعة"),
        ("one", "بقيت ساعة واحدة"),
        ("two", "بقيت ساعتان"),
        ("few", "بقيت {n} ساعات"),
        ("many", "بقيت {n} ساعة"),
        ("other", "بقيت {n} ساعة"),
    ],
    moments_left: "بقي أقل من دقيقة",
    time_is_up: "انتهى الوقت",
    check_now: "التحديث الآن",
    no_script: "تُحدَّث هذه الصفحة تلقائيًا كل 20 ثانية.",
    reconnecting: "انقطع الاتصال. جارٍ إعادة الاتصال…",
    cancel: "إلغاء عملية التحقق",
    new_tab: "(يُفتح في علامة تبويب جديدة)",
    help: |org| format!("هل لديك أسئلة؟ يمكنك مراسلة {org}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("طلب للتحقق من هويتك مقدَّم من {org}"),
    lead: "يلزمك جواز سفرك وهاتف يمكنه قراءة شريحته. يستغرق ذلك نحو ثلاث دقائق. لا يُرسَل أي شيء قبل موافقتك.",
    about: |org| format!("نبذة عن {org}"),
    website: "الموقع الإلكتروني",
    privacy: "إشعار الخصوصية",
    terms: "الشروط والأحكام",
    required: |org| format!("ما يصل إلى {org}"),
    required_mark: "إلزامي",
    optional: "ما يمكنك إضافته",
    optional_lead: |org| {
        format!("يهمّ {org} الحصول على هذه البيانات أيضًا، ويمكن إتمام التحقق من دونها.")
    },
    says: |org| format!("توضيح من {org}:"),
    added: "جزء من كل عملية تحقق.",
    not_shared: |org| format!("ما لا يصل إلى {org}"),
    not_shared_text: |org| {
        format!(
            "صورتك في جواز السفر، وصور وجهك، وكل ما لم يُذكر هنا. تُستخدم هذه البيانات للتحقق فقط ولا يُحتفظ بها. ويُرسَل إلى {org} ما يفيد بنجاح التحقق أو عدم نجاحه."
        )
    },
    afterwards: "بعد ذلك",
    afterwards_text: ["سيجري توجيهك إلى ", "."],
    afterwards_here: "يمكنك إغلاق هذه الصفحة عند الانتهاء.",
    face: "وجهك",
    biometric: "أوافق على مقارنة وجهي بالصورة الموجودة في جواز سفري",
    biometric_hint: "يصوّر الهاتف وجهك بالفيديو للحظات. هذه بيانات بيومترية، ولا تُستخدم إلا للتأكد من أن جواز السفر لك، ثم تُحذف بعد ذلك مباشرةً.",
    agree: "الموافقة والمتابعة",
    decline: "الرفض",
    cannot: "لا أستطيع القيام بذلك",
    cannot_text: "هل ينقصك جواز سفر مزوَّد بشريحة أو هاتف مناسب، أو لا يناسبك أن يُقارَن وجهك؟",
    fallback: |org| format!("استخدام الطريقة الأخرى المتاحة لدى {org}"),
    support: |org| format!("يمكنك طلب طريقة أخرى من {org}:"),
    nobody: |org| format!("يمكنك طلب طريقة أخرى من {org}."),
};

const HANDOFF: Handoff = Handoff {
    heading: "المتابعة على هاتفك",
    scan: "يُرجى توجيه كاميرا هاتفك نحو هذا الرمز. سيقرأ هاتفك شريحة جواز السفر ويصوّر وجهك.",
    qr_alternative: "رمز QR يفتح عملية التحقق هذه على هاتفك. والرابط نفسه مكتوب بجانبه.",
    link_label: "أو يمكنك فتح هذا الرابط على هاتفك",
    copy: "نسخ الرابط",
    copied: "تم النسخ",
    heading_phone: "المتابعة في التطبيق",
    lead_phone: "يقرأ التطبيق شريحة جواز سفرك ويصوّر وجهك. يُرجى إبقاء جواز السفر في متناول يدك.",
    open: "فتح التطبيق",
    other_phone: "استخدام هاتف آخر",
    next: "الخطوات التالية",
    next_items: [
        "المسح الضوئي لصفحة الصورة في جواز السفر.",
        "وضع الهاتف على جواز السفر إلى أن تُقرأ الشريحة.",
        "النظر إلى الكاميرا للحظات.",
    ],
    by_itself: "ستنتقل هذه الصفحة تلقائيًا إلى الخطوة التالية بمجرد أن يبدأ هاتفك.",
};

const PROGRESS: Progress = Progress {
    heading_chip: "قراءة شريحة جواز السفر",
    lead_chip: "يُرجى اتباع الخطوات على هاتفك، مع إبقاء جواز السفر مستويًا والهاتف ثابتًا فوقه.",
    heading_face: "والآن وجهك",
    lead_face: "تمت قراءة الشريحة. يُرجى النظر إلى كاميرا هاتفك واتباع التعليمات.",
    checks_label: "الخطوات على هاتفك",
    checks: ["الهاتف متصل", "شريحة جواز السفر", "الوجه"],
    states: ["تم", "الآن", "التالي"],
    code_label: "يظهر على هاتفك",
    code_hint: "تظهر الأرقام الأربعة نفسها على الهاتف المتصل.",
    release: "أليس هذا هاتفك؟ يمكنك فصله",
    tries: "المحاولات المتبقية",
    tries_of: ["شريحة جواز السفر", "الوجه"],
    tries_left: [
        "0 من 3: لم تبقَ أي محاولة",
        "1 من 3: هذه هي المحاولة الأخيرة",
        "2 من 3: بقيت محاولتان",
        "3 من 3: بقيت المحاولات الثلاث كلها",
    ],
    failed: "لم تنجح المحاولة السابقة",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "نوع الوثيقة",
        Claim::IssuingCountryCode => "البلد الذي أصدر الوثيقة",
        Claim::FamilyName => "اسم العائلة",
        Claim::GivenNames => "الأسماء الشخصية",
        Claim::DocumentNumber => "رقم الوثيقة",
        Claim::NationalityCode => "الجنسية",
        Claim::DateOfBirth => "تاريخ الميلاد",
        Claim::SexMarker => "الجنس كما هو مذكور في الوثيقة",
        Claim::DocumentExpiryDate => "تاريخ انتهاء صلاحية الوثيقة",
        Claim::MrzOptionalData => "بيانات اختيارية في الوثيقة، مثل الرقم الشخصي",
        Claim::KayleDocumentId => "رمز خاص بوثيقتك (Kayle Document ID)",
        Claim::KayleHumanId => "رمز خاص بك (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => {
            Some("الوثيقة نفسها تعطي الرمز نفسه دائمًا. ولا يمكن معرفة رقم وثيقتك منه.")
        }
        Claim::KayleHumanId => Some(
            "يُنشأ من اسمك وتاريخ ميلادك وجنسك وجنسيتك، للتعرّف عليك عند استخدام وثيقة أخرى. ولا يمكن معرفة هذه البيانات منه.",
        ),
        Claim::MrzOptionalData => Some("يختلف المحتوى من بلد إلى آخر."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("ما إذا كنت قد بلغت سن {years}، من دون تاريخ ميلادك")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "تم التحقق من هويتك", text: "جواز السفر أصلي، وهو لك."
    },
    succeeded_org: |org| format!("يصل إلى {org} ما وافقت على إرساله، ولا شيء غيره."),
    failed: Titled {
        heading: "تعذّر التحقق من هويتك", text: "لم تنجح عملية التحقق."
    },
    failed_again: |org| {
        format!("لم يُرسَل أي شيء عنك أو عن وثيقتك. وبإمكان {org} بدء عملية تحقق جديدة.")
    },
    expired: Titled {
        heading: "انتهى وقت عملية التحقق هذه",
        text: "لم تكتمل في الوقت المحدد. ولم يُرسَل أي شيء.",
    },
    expired_again: |org| format!("إن كان التحقق لا يزال يهمّك، فيمكنك البدء من جديد لدى {org}."),
    cancelled: Titled {
        heading: "أُلغيت عملية التحقق هذه", text: "لا يمكن متابعتها."
    },
    cancelled_by_user: Titled {
        heading: "لقد ألغيت عملية التحقق هذه",
        text: "لا يمكن متابعتها. ولن يُرسَل أي شيء آخر.",
    },
    cancelled_by_org: |org| {
        (
            format!("أُلغيت عملية التحقق هذه من جانب {org}"),
            format!("لا يمكن متابعتها. ولم يُرسَل أي شيء. وبإمكان {org} توضيح السبب."),
        )
    },
    go_on: |host| format!("المتابعة إلى {host}"),
    close: "يمكنك إغلاق هذه الصفحة الآن.",
    countdown: &[
        ("zero", "سيجري توجيهك الآن."),
        ("one", "سيجري توجيهك بعد ثانية واحدة."),
        ("two", "سيجري توجيهك بعد ثانيتين."),
        ("few", "سيجري توجيهك بعد {n} ثوانٍ."),
        ("many", "سيجري توجيهك بعد {n} ثانية."),
        ("other", "سيجري توجيهك بعد {n} ثانية."),
    ],
    pause: "البقاء هنا",
    resume: "متابعة الانتقال",
    withdrawn: "لقد سحبت هذا التحقق",
    withdrawn_part: |org| {
        format!("أُتلف ما لم يصل إلى {org} بعد، أما الباقي فلا يمكن حذفه إلا من قِبل {org}.")
    },
    withdraw_heading: "هل غيّرت رأيك؟",
    withdraw_text: |org| format!("يمكنك سحب ما لم يصل إلى {org} بعد."),
    withdraw_late: |org| {
        format!("وصلت النتيجة إلى {org} بالفعل. لا يمكن استرجاعها من هنا، ولكن يمكن لـ {org} حذفها.")
    },
    withdraw: "سحب البيانات",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "الرجوع" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "إلغاء عملية التحقق هذه؟",
            text: |org| {
                format!(
                    "لن يُرسَل إلى {org} سوى أنك ألغيت عملية التحقق. ولا يمكنك المتابعة بعد ذلك؛ إذ يلزم بدء عملية تحقق جديدة من جانب {org}."
                )
            },
            yes: "نعم، أؤكد الإلغاء",
        },
        Question::Withdraw => QuestionText {
            heading: "سحب بيانات عملية التحقق هذه؟",
            text: |org| {
                format!(
                    "سيُتلَف كل ما لم يُسلَّم إلى {org} بعد، ولن يُرسَل أبدًا. أما ما وصل إلى {org} بالفعل فلا يمكن سحبه من هنا، ويمكنك مطالبة {org} بحذفه."
                )
            },
            yes: "نعم، أؤكد السحب",
        },
        Question::Release => QuestionText {
            heading: "فصل الهاتف؟",
            text: |_| {
                "لن يستطيع الهاتف المتصل المتابعة. ويمكنك بعد ذلك توصيل هاتف آخر. أما المحاولات المستخدمة فلا تُستعاد."
                    .to_owned()
            },
            yes: "نعم، أؤكد الفصل",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "للمتابعة، يُرجى تحديد المربع تحت «وجهك». فلا يمكن إجراء هذا التحقق من دون المقارنة."
        }
        Notice::SelectionIncomplete => {
            "لم يشمل اختيارك كل البيانات الإلزامية. يُرجى الموافقة مرة أخرى."
        }
        Notice::ConsentFrozen => {
            "بدأت عملية التحقق على أحد الهواتف بالفعل، ولذلك لم يعد ممكنًا تغيير ما وافقت عليه."
        }
        Notice::Released => "تم فصل الهاتف. يمكنك توصيل هاتف آخر.",
        Notice::Simulating => "بدأ الهاتف المُحاكى العمل، وهذه الصفحة تتابعه.",
        Notice::Changed => "لم يعد ذلك ممكنًا. تعرض هذه الصفحة الوضع الحالي.",
        Notice::TooMany => "طلبات كثيرة جدًا. يُرجى الانتظار دقيقة ثم المحاولة مرة أخرى.",
        Notice::Trouble => "حدث خطأ من جانبنا. لم يتغير شيء. يُرجى المحاولة مرة أخرى.",
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "البيئة التجريبية: محاكاة الهاتف",
    text: "يُرجى اختيار ما يفعله الهاتف المُحاكى بهذه الجلسة، ثم متابعة هذه الصفحة.",
    scenario: "ما يحدث",
    scenarios: [
        "ينجح كل شيء",
        "الشريحة غير أصلية، ثلاث مرات",
        "لا يظهر أحد أمام الكاميرا، ثلاث مرات",
        "الوجه لشخص آخر، ثلاث مرات",
        "الشريحة نسخة: ينتهي التحقق فورًا",
        "يتصل الهاتف ثم لا يفعل شيئًا",
    ],
    start: "تشغيل الهاتف",
    command_line: "من سطر الأوامر",
    terminal: "يوجد في البيئة التجريبية هاتف مُحاكى. يُرجى تشغيل هذا الأمر في نافذة أوامر معدّة بإعدادات هذا الخادم:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "يُرجى فتح هذا على هاتف مثبَّت عليه التطبيق",
        text: "تتطلب هذه الخطوة تطبيق الهاتف، فهو الذي يقرأ شريحة جواز السفر ويصوّر وجهك. يُرجى تثبيت التطبيق، ثم مسح الرمز ضوئيًا أو فتح الرابط مرة أخرى.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "عملية التحقق هذه غير موجودة",
            "ربما حُذفت. يُرجى التأكد من الرابط، أو طلب رابط جديد ممن أرسله.",
        ),
        Problem::Malformed => (
            "هذا الرابط غير مكتمل",
            "جزء من العنوان ناقص أو فيه خطأ. يُرجى فتح الرابط مرة أخرى كما وصلك تمامًا.",
        ),
        Problem::OpenOriginal => (
            "يُرجى فتح رابطك الأصلي",
            "بدأت عملية التحقق هذه في متصفح آخر. يُرجى فتح الرابط الذي وصلك في ذلك المتصفح، أو فتحه هنا مرة أخرى.",
        ),
        Problem::WrongLink => (
            "هذا الرابط لا يخص عملية التحقق هذه",
            "المفتاح الوارد في الرابط غير صحيح. يُرجى فتح الرابط مرة أخرى كما وصلك تمامًا.",
        ),
        Problem::Forged => (
            "لم يُرسَل هذا من صفحتنا",
            "حرصًا على أمانك، لم يُغيَّر أي شيء. يُرجى الرجوع إلى صفحة التحقق والمحاولة من هناك.",
        ),
        Problem::Method => (
            "لا يوجد ما يمكن عرضه على هذا العنوان",
            "هذا العنوان يستقبل النماذج فقط. يُرجى الرجوع إلى صفحة التحقق والمتابعة من هناك.",
        ),
        Problem::BadForm => (
            "تعذّرت قراءة النموذج",
            "لم يتغير شيء. يُرجى الرجوع وإعادة تحميل الصفحة والمحاولة مرة أخرى.",
        ),
        Problem::TooMany => ("طلبات كثيرة جدًا", "يُرجى الانتظار دقيقة ثم إعادة تحميل هذه الصفحة."),
        Problem::Trouble => ("حدث خطأ من جانبنا", "لم يتغير شيء. يُرجى المحاولة مرة أخرى بعد قليل."),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "تعذّر التأكد من أن بيانات الشريحة أصلية.",
            next: "يُرجى التأكد من أنه جواز السفر الصحيح، ثم قراءة الشريحة مرة أخرى.",
            end: "تعذّر التأكد من أن بيانات الشريحة صادرة عن دولة. إذا كان جواز سفرك أصليًا، فربما لا تكون جوازات سفر بلد الإصدار مدعومة بعد.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "لم تُثبت الشريحة أنها الأصلية.",
            next: "يُرجى إبقاء الهاتف ثابتًا على جواز السفر وقراءة الشريحة مرة أخرى.",
            end: "لم تُثبت الشريحة أنها الأصلية وليست نسخة.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "فشل الاتصال الآمن بالشريحة.",
            next: "يُرجى نزع غطاء الهاتف وإبقاء الهاتف ثابتًا، ثم قراءة الشريحة مرة أخرى.",
            end: "لم تتمكن الشريحة من أن تُثبت عبر اتصال آمن أنها الأصلية.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "لم ينجح فحص الحماية من الشرائح المنسوخة.",
            next: "لا يمكن إعادة المحاولة هنا.",
            end: "لم ينجح فحص الحماية من الشرائح المنسوخة. ولدواعي الأمان، لا يمكن إعادة المحاولة هنا.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "تعذّرت قراءة بيانات الشريحة.",
            next: "يُرجى التأكد من أن الوثيقة جواز سفر يحمل علامة الشريحة، ثم المحاولة مرة أخرى.",
            end: "تعذّرت قراءة بيانات الشريحة على أنها بيانات جواز سفر.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "لم نتمكن من التأكد بوضوح من وجود شخص أمام الكاميرا.",
            next: "يُرجى اختيار إضاءة متساوية، ونزع النظارات الشمسية أو الكمامة، وإبقاء الهاتف في مستوى العينين، ثم المحاولة مرة أخرى.",
            end: "لم نتمكن من التأكد بوضوح من أن شخصًا كان أمام الكاميرا.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "لم نتمكن من مطابقة وجهك مع الوجه الموجود في جواز السفر.",
            next: "يُرجى التأكد من أنه جواز سفرك أنت، والنظر مباشرةً إلى الكاميرا في إضاءة متساوية، ثم المحاولة مرة أخرى.",
            end: "لم نتمكن من مطابقة الوجه الظاهر أمام الكاميرا مع الوجه الموجود في جواز السفر.",
        },
    }
}
