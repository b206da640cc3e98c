using Microsoft.Extensions.AI;
using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering;

/// <summary>Part of a streamed answer: the trace of its stages so far, each time that one has ended.</summary>
public sealed class StageContent(AnswerTrace trace) : AIContent
{
    public AnswerTrace Trace => trace;
}
