// What the score sheet says, Chinese first; "kept", "received" and "not kept" are never the same word.
export const WORDS = {
  received: "服务器已全部收到 All received by the server",
  waiting: (n) => `${n} 项已存在本机，正在上传 ${n} kept on this device, being sent`,
  offline: (n) => `没有网络：${n} 项已存在本机，联网后自动上传 Offline: ${n} kept on this device`,
  nothing: "没有网络；没有等待上传的内容 Offline; nothing waits to be sent",
  loose: (n) =>
    `${n} 项没有存到本机（存储已满或不可用）：请不要关闭本页，联网后会直接上传` +
    ` ${n} NOT kept on this device: leave this page open, they are sent when there is a connection`,
  writing: "正在保存… Not kept yet",
  conflicts: (n) => `${n} 项在两台设备上填得不同，请选定 ${n} differ between two devices: choose`,
  refused: (n) => `${n} 项未被接受，请改正 ${n} not accepted, please correct`,
  submitted: "评分表已提交，不能再改 Submitted; it can no longer be changed",
  late: (n) =>
    `评分表已在另一台设备上提交；本机还有 ${n} 项正等着作为迟到内容上传` +
    ` Submitted from another device; ${n} entries of this one are still to be sent as late`,
  blocked: (words) => `暂停上传，内容都还在：${words} Sending waits, nothing is lost`,
  memory:
    "这个浏览器不能在本机保存内容（例如无痕模式）：联网时填写会直接上传，没有上传的关闭本页就没有了。" +
    " This browser keeps nothing on the device (private browsing?): what is written is sent at once" +
    " while there is a connection; what was not sent is gone when the page is closed.",
  one: {
    kept: "已存在本机，还没有上传 Kept on this device, not sent yet",
    loose: "没有存到本机！请不要关闭本页 NOT kept on this device: leave this page open",
    received: "服务器已收到 Received by the server",
    note: "依据服务器已收到，还没有作答 Note received by the server; no answer yet",
    differs: "服务器收到了两种，选定之前不能提交 Received twice and differently; choose before submitting",
  },
  reason: "还没有保存：请写明不适用的理由 Not kept: say why it does not apply",
  against: "还没有保存：推翻自评或记录须写明查明的结果 Not kept: say what was found instead",
  whyAgainst: "还没有保存：请写明与自评或记录不符的理由 Not kept: say why it contradicts report or records",
  unread: (words) => `还没有保存：${words} Not kept.`,
  remove: "删除 Remove",
  insecure: "添加文件需要通过 https 打开本页 Files need this page over https",
  large: "文件超过 12 MB，请压缩后再加 The file is larger than 12 MB",
  partly: "没有传完，请在原设备上继续，或删除后重新添加 did not arrive whole: go on there, or remove it",
  gone: "文件已不在本机，请重新添加 The file is no longer on this device; add it again",
  broken: "文件反复传输后仍不完整，请重新添加 The file arrives damaged; add it again",
  away: "连不上服务器，请稍后再试 The server cannot be reached; try again later",
  choose: "两台设备填得不同，请选定一个 Two devices differ, choose one:",
  choice: (text) => `用这个：${text} Take this`,
  noAnswer: "没有作答 no answer",
  unknown: "无数据 no data",
  open: "还没有填 not answered yet",
  todo: (n) => `还有 ${n} 项要处理，才能提交 ${n} things to do before it can be submitted`,
  lateHead: "评分表已在另一台设备上提交 Submitted from another device",
  lateText:
    "以下内容写在这份表提交之前没有送到的设备上。表已不能再改；它们不会丢失，作为迟到内容附在表后，由残联处理。" +
    " What follows was on a device when the sheet was submitted from another. The sheet no longer" +
    " changes; these are attached to it as late entries for the officer to decide on.",
  lateWaiting: "在本机，等待上传 on this device, to be sent",
  lateArrived: "已附在表后 attached to the sheet",
};
