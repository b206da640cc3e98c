using Republic.Core.Answering;
using Republic.Core.Answering.Traces;
using Republic.Core.Chats.Answers;

namespace Republic.Core.Tasks.Work;

/// <summary>How far an attempt is: the asker writes it, and whoever saves it reads it at any time.</summary>
internal sealed class TaskProgress
{
    private string phase = "Reads the task";
    private AnswerTrace? trace;

    public AnswerText Text { get; } = new();

    public string Phase
    {
        get => Volatile.Read(ref phase);
        set => Volatile.Write(ref phase, value);
    }

    public AnswerTrace? Trace
    {
        get => Volatile.Read(ref trace);
        set => Volatile.Write(ref trace, value);
    }

    /// <summary>What was taken up to the moment at which the work was cancelled; null before, and where nothing was asked.</summary>
    public AnswerReceipt? Cut { get; set; }

    /// <summary>Why the work stops by itself, for people; null while it goes on.</summary>
    public string? Halt { get; set; }
}
