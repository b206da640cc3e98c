using Microsoft.Extensions.AI;

namespace Republic.Core.Answering.Tools;

/// <summary>The last part of a streamed answer that waits for a person to approve its calls: it goes on later, in the same answer.</summary>
public sealed class ToolWaitContent : AIContent;
