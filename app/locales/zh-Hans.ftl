### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = 简体中文
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = 跳到正文
language = 语言
switch = 切换语言
ribbon = 沙盒环境：此处内容均非真实
steps-label = 进度
step-agree = 同意
step-phone = 手机
step-check = 验证
step-done = 完成
# Said to screen readers behind a step that lies behind.
step-behind = （已完成）
minutes-left = { $n ->
   *[other] 剩余{ $n }分钟
}
hours-left = { $n ->
   *[other] 剩余{ $n }小时
}
moments-left = 剩余不到1分钟
time-is-up = 时间已到
check-now = 立即查看进展
no-script = 本页面每20秒自动查看一次最新进展。
reconnecting = 连接已断开，正在重新连接……
cancel = 取消身份验证
new-tab = （在新标签页中打开）
# $org (String) - the organization's name; an address follows.
help = 有疑问？请发邮件给{ $org }：

## What may be shared

claim-document-type-code = 证件类型
claim-issuing-country-code = 证件签发国家/地区
claim-family-name = 姓
claim-given-names = 名
claim-document-number = 证件号码
claim-nationality-code = 国籍
claim-date-of-birth = 出生日期
claim-sex-marker = 证件上标注的性别
claim-document-expiry-date = 证件到期日
claim-mrz-optional-data = 证件中的可选信息，例如个人编号
    .hint = 具体内容因国家/地区而异。
claim-kayle-document-id = 代表您证件的代码（Kayle Document ID）
    .hint = 同一证件会得到相同的代码。从代码中无法得知您的证件号码。
claim-kayle-human-id = 代表您本人的代码（Kayle Human ID）
    .hint = 根据您的姓名、出生日期、性别和国籍生成，以便您使用其他证件时仍能认出是您本人。从代码中无法得知这些信息。
# $years (String) - an age, 12 to 130.
claim-age-over = 您是否已满{ $years }周岁（不含出生日期）

## Who asks for what

consent-heading = { $org }请求验证您的身份
consent-lead = 您需要准备护照，以及一部能读取护照芯片的手机。整个过程大约需要3分钟。在您同意之前，不会共享任何信息。
consent-about = 关于{ $org }
consent-website = 网站
consent-privacy = 隐私声明
consent-terms = 服务条款
consent-required = { $org }将收到的信息
consent-required-mark = 必需
consent-optional = 您可以另外提供的信息
consent-optional-lead = { $org }还希望获得以下信息。不提供也可以完成验证。
consent-says = { $org }的说明：
consent-added = 每次身份验证都包含此项。
consent-not-shared = { $org }不会收到的信息
consent-not-shared-text = 您护照上的照片、拍摄到的面部画面，以及此处未列出的任何信息。这些内容仅用于本次验证，不会保留。{ $org }会得知验证是否通过。
consent-afterwards = 完成之后
consent-afterwards-text = 页面将跳转至{ $host }。
consent-afterwards-here = 完成后，您可以关闭本页面。
consent-face = 面部比对
consent-biometric = 我同意将我的面部与护照上的照片进行比对
consent-biometric-hint = 手机会短暂拍摄您的面部。这属于生物识别信息，仅用于确认护照属于您本人，确认后立即删除。
consent-agree = 同意并继续
consent-decline = 不同意
consent-cannot = 我无法以这种方式验证
consent-cannot-text = 没有带芯片的护照、没有合适的手机，或者不希望进行面部比对？
consent-fallback = 使用{ $org }提供的其他方式
consent-support = 请向{ $org }咨询其他方式：
consent-nobody = 请向{ $org }咨询其他方式。

## Bring a phone

handoff-heading = 请在手机上继续
handoff-scan = 请用手机摄像头对准这个二维码。接下来，手机将读取护照芯片并拍摄您的面部。
handoff-qr-alternative = 用于在手机上打开本次身份验证的二维码。旁边以文字形式提供了同一链接。
handoff-link-label = 或在手机上打开此链接
handoff-copy = 复制链接
handoff-copied = 已复制
handoff-heading-phone = 请在应用中继续
handoff-lead-phone = 应用将读取护照芯片并拍摄您的面部。请准备好护照。
handoff-open = 打开应用
handoff-other-phone = 使用另一部手机
handoff-next = 接下来的步骤
handoff-next-1 = 扫描护照上带照片的资料页。
handoff-next-2 = 将手机贴近护照，直到芯片读取完成。
handoff-next-3 = 看向摄像头，保持片刻。
handoff-by-itself = 手机上开始操作后，本页面会自动继续。

## A phone is at work

progress-heading-chip = 请读取护照芯片
progress-lead-chip = 请按照手机上的步骤操作。将护照平放，手机放在护照上保持不动。
progress-heading-face = 接下来是面部验证
progress-lead-face = 芯片已读取完成。请看向手机摄像头，并按照提示操作。
progress-checks-label = 手机上的步骤
progress-check-phone = 连接手机
progress-check-chip = 护照芯片
progress-check-face = 面部验证
progress-state-done = 已完成
progress-state-now = 进行中
progress-state-next = 待进行
progress-code-label = 您的手机上显示：
progress-code-hint = 已连接的手机上会显示相同的四位数字。
progress-release = 不是您的手机？断开连接
progress-tries = 剩余尝试次数
progress-tries-chip = 护照芯片
progress-tries-face = 面部验证
# How many of three attempts are left.
progress-left-0 = 共3次，已用完
progress-left-1 = 共3次，还剩1次，这是最后一次
progress-left-2 = 共3次，还剩2次
progress-left-3 = 共3次，还剩3次
progress-failed = 上一次尝试未成功

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = 无法确认芯片数据的真实性。
    .next = 请确认使用的是正确的护照，然后重新读取芯片。
    .end = 无法确认芯片中的数据由国家机关签发。如果您的护照是真实的，可能是我们尚不支持其签发国家/地区。
failure-document-active-authentication-failed = 无法确认芯片是原始芯片。
    .next = 请将手机贴在护照上保持不动，然后重新读取芯片。
    .end = 无法确认芯片是原始芯片而非复制品。
failure-document-chip-authentication-failed = 与芯片建立安全连接失败。
    .next = 请取下手机壳，保持手机不动，然后重新读取芯片。
    .end = 未能通过安全连接确认芯片是原始芯片。
failure-document-anti-cloning-attestation-failed = 未通过芯片防复制检查。
    .next = 无法在此重试。
    .end = 未通过芯片防复制检查。出于安全考虑，无法在此重试。
failure-document-data-invalid = 无法读取芯片数据。
    .next = 请确认证件是带有芯片标志的护照，然后重试。
    .end = 芯片中的数据无法识别为护照数据。
failure-liveness-failed = 未能清楚确认摄像头前是真人。
    .next = 请到光线均匀的地方，摘下墨镜或口罩，将手机举到与眼睛齐平的位置，然后重试。
    .end = 未能清楚确认摄像头前是真人。
failure-selfie-face-mismatch = 未能确认您与护照照片上的是同一人。
    .next = 请确认使用的是您本人的护照。在光线均匀的地方正对摄像头，然后重试。
    .end = 未能确认摄像头前的人与护照照片上的是同一人。

## It is over

outcome-succeeded = 您的身份已通过验证
    .text = 护照是真实的，并且属于您本人。
    .organization = { $org }只会收到您同意共享的信息，不会收到其他任何信息。
outcome-failed = 未能验证您的身份
    .text = 验证未通过。
    .organization = 没有共享任何关于您或您证件的信息。{ $org }可以重新发起身份验证。
outcome-expired = 本次身份验证已超时
    .text = 验证未在规定时间内完成。没有共享任何信息。
    .organization = 如果您仍想验证身份，请在{ $org }重新开始。
outcome-cancelled = 本次身份验证已取消
    .text = 无法继续进行。
outcome-cancelled-by-user = 您已取消本次身份验证
    .text = 无法继续进行。不会再共享任何信息。
outcome-cancelled-by-organization = { $org }取消了本次身份验证
    .text = 无法继续进行。没有共享任何信息。如需了解原因，请咨询{ $org }。
outcome-withdrawn = 您已撤回本次验证
    .text = 尚未送达{ $org }的内容已被销毁，其余内容只能由{ $org }删除。
outcome-go-on = 继续前往{ $host }
outcome-close = 您现在可以关闭本页面。
outcome-countdown = { $n ->
   *[other] 页面将在{ $n }秒后跳转。
}
outcome-pause = 留在本页
outcome-resume = 继续跳转
outcome-withdraw-heading = 改变主意了？
outcome-withdraw-text = 尚未送达{ $org }的信息，您可以撤回。
outcome-withdraw-late = 结果已送达{ $org }，无法从这里收回，但{ $org }可以将其删除。
outcome-withdraw = 撤回

## Questions before something that cannot be taken back

confirm-cancel = 要取消本次身份验证吗？
    .text = { $org }只会得知您已取消，不会收到其他任何信息。取消后无法继续；如需再次验证，须由{ $org }重新发起。
    .yes = 是，取消验证
confirm-withdraw = 要撤回本次身份验证吗？
    .text = 尚未送达{ $org }的信息将被销毁，不会再发送。{ $org }已经收到的信息无法从这里收回，请要求{ $org }删除。
    .yes = 是，撤回
confirm-release = 要断开手机连接吗？
    .text = 当前连接的手机将无法继续。之后您可以连接另一部手机。已用掉的尝试次数不会恢复。
    .yes = 是，断开连接
confirm-back = 返回

## Messages above a page

notice-biometric-required = 如要继续，请勾选“面部比对”下方的复选框。不进行比对，就无法完成本次验证。
notice-selection-incomplete = 您的选择中缺少必需的项目。请重新同意。
notice-consent-frozen = 手机上已经开始操作，因此您同意的内容无法再更改。
notice-released = 手机已断开连接。您可以连接另一部手机。
notice-simulating = 模拟手机已启动，本页面会随之更新。
notice-changed = 该操作已无法进行。本页面显示的是当前状态。
notice-too-many = 请求过于频繁。请等待一分钟后重试。
notice-trouble = 我们的系统出现问题。未作任何更改。请重试。

## What testers read in a sandbox

sandbox-heading = 沙盒：扮演手机
sandbox-text = 请选择模拟手机对本次会话执行的操作，并观察本页面的变化。
sandbox-scenario = 发生什么
sandbox-pass = 全部成功
sandbox-nfc-fail = 芯片不是真的（三次）
sandbox-liveness-fail = 镜头前看不到人（三次）
sandbox-face-mismatch = 人脸是别人的（三次）
sandbox-cloned = 芯片是复制品：立即结束
sandbox-abandon = 手机连接后什么也不做
sandbox-start = 启动手机
sandbox-command-line = 使用命令行
sandbox-terminal = 沙盒环境提供模拟手机。请在采用本服务器配置的终端中运行以下命令：

## What is in the way

problem-not-found = 此身份验证不存在
    .text = 它可能已被删除。请检查链接，或向发送者索取新链接。
problem-malformed = 此链接不完整
    .text = 网址有缺失或输入有误。请按收到的原样重新打开链接。
problem-open-original = 请打开原始链接
    .text = 本次身份验证是在另一个浏览器中开始的。请在那个浏览器中打开您收到的链接，或在这里重新打开该链接。
problem-wrong-link = 此链接与本次身份验证不匹配
    .text = 链接中的密钥不正确。请按收到的原样重新打开链接。
problem-forged = 此请求并非来自我们的页面
    .text = 为了您的安全，未作任何更改。请返回身份验证页面重试。
problem-method = 此网址没有可显示的内容
    .text = 它仅用于接收表单。请返回身份验证页面继续操作。
problem-bad-form = 无法读取表单
    .text = 未作任何更改。请返回上一页，刷新页面后重试。
problem-timed-out = 用时过长
    .text = 操作可能已完成，也可能未完成。请重新打开验证页面查看当前状态。
problem-too-many = 请求过于频繁
    .text = 请等待一分钟，然后刷新本页面。
problem-trouble = 我们的系统出现问题
    .text = 未作任何更改。请稍后重试。

## Where the app link leads when no app took it

app = 请在装有应用的手机上打开
    .text = 此步骤需要使用手机应用，由它读取护照芯片并拍摄您的面部。请先安装应用，然后扫描二维码或重新打开链接。
