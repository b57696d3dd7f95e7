### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = العربية
# Writing direction: ltr or rtl.
language-direction = rtl

## What several pages say

skip = الانتقال إلى المحتوى
language = اللغة
switch = تغيير اللغة
ribbon = بيئة تجريبية: لا شيء هنا حقيقي
steps-label = مراحل التحقق
step-agree = الموافقة
step-phone = الهاتف
step-check = التحقق
step-done = الانتهاء
# Said to screen readers behind a step that lies behind.
step-behind = (تم)
minutes-left = { $n ->
    [zero] لم تبقَ أي دقيقة
    [one] بقيت دقيقة واحدة
    [two] بقيت دقيقتان
    [few] بقيت { $n } دقائق
    [many] بقيت { $n } دقيقة
   *[other] بقيت { $n } دقيقة
}
hours-left = { $n ->
    [zero] لم تبقَ أي ساعة
    [one] بقيت ساعة واحدة
    [two] بقيت ساعتان
    [few] بقيت { $n } ساعات
    [many] بقيت { $n } ساعة
   *[other] بقيت { $n } ساعة
}
moments-left = بقي أقل من دقيقة
time-is-up = انتهى الوقت
check-now = التحديث الآن
no-script = تُحدَّث هذه الصفحة تلقائيًا كل 20 ثانية.
reconnecting = انقطع الاتصال. جارٍ إعادة الاتصال…
cancel = إلغاء عملية التحقق
new-tab = (يُفتح في علامة تبويب جديدة)
# $org (String) - the organization's name; an address follows.
help = هل لديك أسئلة؟ يمكنك مراسلة { $org }:

## What may be shared

claim-document-type-code = نوع الوثيقة
claim-issuing-country-code = البلد الذي أصدر الوثيقة
claim-family-name = اسم العائلة
claim-given-names = الأسماء الشخصية
claim-document-number = رقم الوثيقة
claim-nationality-code = الجنسية
claim-date-of-birth = تاريخ الميلاد
claim-sex-marker = الجنس كما هو مذكور في الوثيقة
claim-document-expiry-date = تاريخ انتهاء صلاحية الوثيقة
claim-mrz-optional-data = بيانات اختيارية في الوثيقة، مثل الرقم الشخصي
    .hint = يختلف المحتوى من بلد إلى آخر.
claim-kayle-document-id = رمز خاص بوثيقتك (Kayle Document ID)
    .hint = الوثيقة نفسها تعطي الرمز نفسه دائمًا. ولا يمكن معرفة رقم وثيقتك منه.
claim-kayle-human-id = رمز خاص بك (Kayle Human ID)
    .hint = يُنشأ من اسمك وتاريخ ميلادك وجنسك وجنسيتك، للتعرّف عليك عند استخدام وثيقة أخرى. ولا يمكن معرفة هذه البيانات منه.
# $years (String) - an age, 12 to 130.
claim-age-over = ما إذا كنت قد بلغت سن { $years }، من دون تاريخ ميلادك

## Who asks for what

consent-heading = طلب للتحقق من هويتك مقدَّم من { $org }
consent-lead = يلزمك جواز سفرك وهاتف يمكنه قراءة شريحته. يستغرق ذلك نحو ثلاث دقائق. لا يُرسَل أي شيء قبل موافقتك.
consent-about = نبذة عن { $org }
consent-website = الموقع الإلكتروني
consent-privacy = إشعار الخصوصية
consent-terms = الشروط والأحكام
consent-required = ما يصل إلى { $org }
consent-required-mark = إلزامي
consent-optional = ما يمكنك إضافته
consent-optional-lead = يهمّ { $org } الحصول على هذه البيانات أيضًا، ويمكن إتمام التحقق من دونها.
consent-says = توضيح من { $org }:
consent-added = جزء من كل عملية تحقق.
consent-not-shared = ما لا يصل إلى { $org }
consent-not-shared-text = صورتك في جواز السفر، وصور وجهك، وكل ما لم يُذكر هنا. تُستخدم هذه البيانات للتحقق فقط ولا يُحتفظ بها. ويُرسَل إلى { $org } ما يفيد بنجاح التحقق أو عدم نجاحه.
consent-afterwards = بعد ذلك
consent-afterwards-text = سيجري توجيهك إلى { $host }.
consent-afterwards-here = يمكنك إغلاق هذه الصفحة عند الانتهاء.
consent-face = وجهك
consent-biometric = أوافق على مقارنة وجهي بالصورة الموجودة في جواز سفري
consent-biometric-hint = يصوّر الهاتف وجهك بالفيديو للحظات. هذه بيانات بيومترية، ولا تُستخدم إلا للتأكد من أن جواز السفر لك، ثم تُحذف بعد ذلك مباشرةً.
consent-agree = الموافقة والمتابعة
consent-decline = الرفض
consent-cannot = لا أستطيع القيام بذلك
consent-cannot-text = هل ينقصك جواز سفر مزوَّد بشريحة أو هاتف مناسب، أو لا يناسبك أن يُقارَن وجهك؟
consent-fallback = استخدام الطريقة الأخرى المتاحة لدى { $org }
consent-support = يمكنك طلب طريقة أخرى من { $org }:
consent-nobody = يمكنك طلب طريقة أخرى من { $org }.

## Bring a phone

handoff-heading = المتابعة على هاتفك
handoff-scan = يُرجى توجيه كاميرا هاتفك نحو هذا الرمز. سيقرأ هاتفك شريحة جواز السفر ويصوّر وجهك.
handoff-qr-alternative = رمز QR يفتح عملية التحقق هذه على هاتفك. والرابط نفسه مكتوب بجانبه.
handoff-link-label = أو يمكنك فتح هذا الرابط على هاتفك
handoff-copy = نسخ الرابط
handoff-copied = تم النسخ
handoff-heading-phone = المتابعة في التطبيق
handoff-lead-phone = يقرأ التطبيق شريحة جواز سفرك ويصوّر وجهك. يُرجى إبقاء جواز السفر في متناول يدك.
handoff-open = فتح التطبيق
handoff-other-phone = استخدام هاتف آخر
handoff-next = الخطوات التالية
handoff-next-1 = المسح الضوئي لصفحة الصورة في جواز السفر.
handoff-next-2 = وضع الهاتف على جواز السفر إلى أن تُقرأ الشريحة.
handoff-next-3 = النظر إلى الكاميرا للحظات.
handoff-by-itself = ستنتقل هذه الصفحة تلقائيًا إلى الخطوة التالية بمجرد أن يبدأ هاتفك.

## A phone is at work

progress-heading-chip = قراءة شريحة جواز السفر
progress-lead-chip = يُرجى اتباع الخطوات على هاتفك، مع إبقاء جواز السفر مستويًا والهاتف ثابتًا فوقه.
progress-heading-face = والآن وجهك
progress-lead-face = تمت قراءة الشريحة. يُرجى النظر إلى كاميرا هاتفك واتباع التعليمات.
progress-checks-label = الخطوات على هاتفك
progress-check-phone = الهاتف متصل
progress-check-chip = شريحة جواز السفر
progress-check-face = الوجه
progress-state-done = تم
progress-state-now = الآن
progress-state-next = التالي
progress-code-label = يظهر على هاتفك
progress-code-hint = تظهر الأرقام الأربعة نفسها على الهاتف المتصل.
progress-release = أليس هذا هاتفك؟ يمكنك فصله
progress-tries = المحاولات المتبقية
progress-tries-chip = شريحة جواز السفر
progress-tries-face = الوجه
# How many of three attempts are left.
progress-left-0 = 0 من 3: لم تبقَ أي محاولة
progress-left-1 = 1 من 3: هذه هي المحاولة الأخيرة
progress-left-2 = 2 من 3: بقيت محاولتان
progress-left-3 = 3 من 3: بقيت المحاولات الثلاث كلها
progress-failed = لم تنجح المحاولة السابقة

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = تعذّر التأكد من أن بيانات الشريحة أصلية.
    .next = يُرجى التأكد من أنه جواز السفر الصحيح، ثم قراءة الشريحة مرة أخرى.
    .end = تعذّر التأكد من أن بيانات الشريحة صادرة عن دولة. إذا كان جواز سفرك أصليًا، فربما لا تكون جوازات سفر بلد الإصدار مدعومة بعد.
failure-document-active-authentication-failed = لم تُثبت الشريحة أنها الأصلية.
    .next = يُرجى إبقاء الهاتف ثابتًا على جواز السفر وقراءة الشريحة مرة أخرى.
    .end = لم تُثبت الشريحة أنها الأصلية وليست نسخة.
failure-document-chip-authentication-failed = فشل الاتصال الآمن بالشريحة.
    .next = يُرجى نزع غطاء الهاتف وإبقاء الهاتف ثابتًا، ثم قراءة الشريحة مرة أخرى.
    .end = لم تتمكن الشريحة من أن تُثبت عبر اتصال آمن أنها الأصلية.
failure-document-anti-cloning-attestation-failed = لم ينجح فحص الحماية من الشرائح المنسوخة.
    .next = لا يمكن إعادة المحاولة هنا.
    .end = لم ينجح فحص الحماية من الشرائح المنسوخة. ولدواعي الأمان، لا يمكن إعادة المحاولة هنا.
failure-document-data-invalid = تعذّرت قراءة بيانات الشريحة.
    .next = يُرجى التأكد من أن الوثيقة جواز سفر يحمل علامة الشريحة، ثم المحاولة مرة أخرى.
    .end = تعذّرت قراءة بيانات الشريحة على أنها بيانات جواز سفر.
failure-liveness-failed = لم نتمكن من التأكد بوضوح من وجود شخص أمام الكاميرا.
    .next = يُرجى اختيار إضاءة متساوية، ونزع النظارات الشمسية أو الكمامة، وإبقاء الهاتف في مستوى العينين، ثم المحاولة مرة أخرى.
    .end = لم نتمكن من التأكد بوضوح من أن شخصًا كان أمام الكاميرا.
failure-selfie-face-mismatch = لم نتمكن من مطابقة وجهك مع الوجه الموجود في جواز السفر.
    .next = يُرجى التأكد من أنه جواز سفرك أنت، والنظر مباشرةً إلى الكاميرا في إضاءة متساوية، ثم المحاولة مرة أخرى.
    .end = لم نتمكن من مطابقة الوجه الظاهر أمام الكاميرا مع الوجه الموجود في جواز السفر.

## It is over

outcome-succeeded = تم التحقق من هويتك
    .text = جواز السفر أصلي، وهو لك.
    .organization = يصل إلى { $org } ما وافقت على إرساله، ولا شيء غيره.
outcome-failed = تعذّر التحقق من هويتك
    .text = لم تنجح عملية التحقق.
    .organization = لم يُرسَل أي شيء عنك أو عن وثيقتك. وبإمكان { $org } بدء عملية تحقق جديدة.
outcome-expired = انتهى وقت عملية التحقق هذه
    .text = لم تكتمل في الوقت المحدد. ولم يُرسَل أي شيء.
    .organization = إن كان التحقق لا يزال يهمّك، فيمكنك البدء من جديد لدى { $org }.
outcome-cancelled = أُلغيت عملية التحقق هذه
    .text = لا يمكن متابعتها.
outcome-cancelled-by-user = لقد ألغيت عملية التحقق هذه
    .text = لا يمكن متابعتها. ولن يُرسَل أي شيء آخر.
outcome-cancelled-by-organization = أُلغيت عملية التحقق هذه من جانب { $org }
    .text = لا يمكن متابعتها. ولم يُرسَل أي شيء. وبإمكان { $org } توضيح السبب.
outcome-withdrawn = لقد سحبت هذا التحقق
    .text = أُتلف ما لم يصل إلى { $org } بعد، أما الباقي فلا يمكن حذفه إلا من قِبل { $org }.
outcome-go-on = المتابعة إلى { $host }
outcome-close = يمكنك إغلاق هذه الصفحة الآن.
outcome-countdown = { $n ->
    [zero] سيجري توجيهك الآن.
    [one] سيجري توجيهك بعد ثانية واحدة.
    [two] سيجري توجيهك بعد ثانيتين.
    [few] سيجري توجيهك بعد { $n } ثوانٍ.
    [many] سيجري توجيهك بعد { $n } ثانية.
   *[other] سيجري توجيهك بعد { $n } ثانية.
}
outcome-pause = البقاء هنا
outcome-resume = متابعة الانتقال
outcome-withdraw-heading = هل غيّرت رأيك؟
outcome-withdraw-text = يمكنك سحب ما لم يصل إلى { $org } بعد.
outcome-withdraw-late = وصلت النتيجة إلى { $org } بالفعل. لا يمكن استرجاعها من هنا، ولكن يمكن لـ { $org } حذفها.
outcome-withdraw = سحب البيانات

## Questions before something that cannot be taken back

confirm-cancel = إلغاء عملية التحقق هذه؟
    .text = لن يُرسَل إلى { $org } سوى أنك ألغيت عملية التحقق. ولا يمكنك المتابعة بعد ذلك؛ إذ يلزم بدء عملية تحقق جديدة من جانب { $org }.
    .yes = نعم، أؤكد الإلغاء
confirm-withdraw = سحب بيانات عملية التحقق هذه؟
    .text = سيُتلَف كل ما لم يُسلَّم إلى { $org } بعد، ولن يُرسَل أبدًا. أما ما وصل إلى { $org } بالفعل فلا يمكن سحبه من هنا، ويمكنك مطالبة { $org } بحذفه.
    .yes = نعم، أؤكد السحب
confirm-release = فصل الهاتف؟
    .text = لن يستطيع الهاتف المتصل المتابعة. ويمكنك بعد ذلك توصيل هاتف آخر. أما المحاولات المستخدمة فلا تُستعاد.
    .yes = نعم، أؤكد الفصل
confirm-back = الرجوع

## Messages above a page

notice-biometric-required = للمتابعة، يُرجى تحديد المربع تحت «وجهك». فلا يمكن إجراء هذا التحقق من دون المقارنة.
notice-selection-incomplete = لم يشمل اختيارك كل البيانات الإلزامية. يُرجى الموافقة مرة أخرى.
notice-consent-frozen = بدأت عملية التحقق على أحد الهواتف بالفعل، ولذلك لم يعد ممكنًا تغيير ما وافقت عليه.
notice-released = تم فصل الهاتف. يمكنك توصيل هاتف آخر.
notice-simulating = بدأ الهاتف المُحاكى العمل، وهذه الصفحة تتابعه.
notice-changed = لم يعد ذلك ممكنًا. تعرض هذه الصفحة الوضع الحالي.
notice-too-many = طلبات كثيرة جدًا. يُرجى الانتظار دقيقة ثم المحاولة مرة أخرى.
notice-trouble = حدث خطأ من جانبنا. لم يتغير شيء. يُرجى المحاولة مرة أخرى.

## What testers read in a sandbox

sandbox-heading = البيئة التجريبية: محاكاة الهاتف
sandbox-text = يُرجى اختيار ما يفعله الهاتف المُحاكى بهذه الجلسة، ثم متابعة هذه الصفحة.
sandbox-scenario = ما يحدث
sandbox-pass = ينجح كل شيء
sandbox-nfc-fail = الشريحة غير أصلية، ثلاث مرات
sandbox-liveness-fail = لا يظهر أحد أمام الكاميرا، ثلاث مرات
sandbox-face-mismatch = الوجه لشخص آخر، ثلاث مرات
sandbox-cloned = الشريحة نسخة: ينتهي التحقق فورًا
sandbox-abandon = يتصل الهاتف ثم لا يفعل شيئًا
sandbox-start = تشغيل الهاتف
sandbox-command-line = من سطر الأوامر
sandbox-terminal = يوجد في البيئة التجريبية هاتف مُحاكى. يُرجى تشغيل هذا الأمر في نافذة أوامر معدّة بإعدادات هذا الخادم:

## What is in the way

problem-not-found = عملية التحقق هذه غير موجودة
    .text = ربما حُذفت. يُرجى التأكد من الرابط، أو طلب رابط جديد ممن أرسله.
problem-malformed = هذا الرابط غير مكتمل
    .text = جزء من العنوان ناقص أو فيه خطأ. يُرجى فتح الرابط مرة أخرى كما وصلك تمامًا.
problem-open-original = يُرجى فتح رابطك الأصلي
    .text = بدأت عملية التحقق هذه في متصفح آخر. يُرجى فتح الرابط الذي وصلك في ذلك المتصفح، أو فتحه هنا مرة أخرى.
problem-wrong-link = هذا الرابط لا يخص عملية التحقق هذه
    .text = المفتاح الوارد في الرابط غير صحيح. يُرجى فتح الرابط مرة أخرى كما وصلك تمامًا.
problem-forged = لم يُرسَل هذا من صفحتنا
    .text = حرصًا على أمانك، لم يُغيَّر أي شيء. يُرجى الرجوع إلى صفحة التحقق والمحاولة من هناك.
problem-method = لا يوجد ما يمكن عرضه على هذا العنوان
    .text = هذا العنوان يستقبل النماذج فقط. يُرجى الرجوع إلى صفحة التحقق والمتابعة من هناك.
problem-bad-form = تعذّرت قراءة النموذج
    .text = لم يتغير شيء. يُرجى الرجوع وإعادة تحميل الصفحة والمحاولة مرة أخرى.
problem-timed-out = استغرق هذا وقتًا طويلًا
    .text = ربما تم تنفيذه وربما لم يتم. افتح صفحة التحقق مرة أخرى: فهي تعرض الحالة الحالية.
problem-too-many = طلبات كثيرة جدًا
    .text = يُرجى الانتظار دقيقة ثم إعادة تحميل هذه الصفحة.
problem-trouble = حدث خطأ من جانبنا
    .text = لم يتغير شيء. يُرجى المحاولة مرة أخرى بعد قليل.

## Where the app link leads when no app took it

app = يُرجى فتح هذا على هاتف مثبَّت عليه التطبيق
    .text = تتطلب هذه الخطوة تطبيق الهاتف، فهو الذي يقرأ شريحة جواز السفر ويصوّر وجهك. يُرجى تثبيت التطبيق، ثم مسح الرمز ضوئيًا أو فتح الرابط مرة أخرى.
