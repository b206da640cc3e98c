using Republic.Core.Sharing;

namespace Republic.Core.Tasks.Sharing;

/// <summary>A share of a task at the top; what is below it comes with it.</summary>
public sealed class TaskShare : Share;
