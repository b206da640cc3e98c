namespace Republic.Core.Answering.Turns;

/// <summary>Why a turn ends before its answer does.</summary>
/// <param name="End">The end that its receipt has.</param>
/// <param name="Why">For people, with what to do; null where they did it themselves.</param>
public sealed record TurnCancellation(AnswerEnd End, string? Why)
{
    /// <summary>The error of a turn whose writer died.</summary>
    public const string Interrupted =
        "It was interrupted: the process that asked for it ended. It is not asked, or paid for, again until you say so.";

    /// <summary>A person stopped it.</summary>
    public static TurnCancellation Stopped { get; } = new(AnswerEnd.Stopped, null);

    /// <summary>This process is going down.</summary>
    public static TurnCancellation Shutdown { get; } = new(AnswerEnd.Interrupted, "Republic was shut down while this was written.");

    /// <summary>Its row is no longer this writer's: taken for silent, overtaken, or deleted.</summary>
    public static TurnCancellation Lost { get; } = new(AnswerEnd.Interrupted, null);
}
