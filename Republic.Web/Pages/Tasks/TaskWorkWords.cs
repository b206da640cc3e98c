using System.Globalization;
using Republic.Core;
using Republic.Core.Answering.Traces;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Work;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>A minion's work on a task, in words.</summary>
internal static class TaskWorkWords
{
    public static string Heading(TaskWorkView view) =>
        view.Minion is not { } minion
            ? "Work of minions"
            : PlainName.Of(minion.DisplayName)
                + view.Current?.State switch
                {
                    TaskAttemptState.Pending when view.Current?.HeldUntil is not null => " is held",
                    TaskAttemptState.Pending => " waits for its turn",
                    TaskAttemptState.Working => " is at work",
                    TaskAttemptState.Waiting when view.Task.Status == WorkTaskStatus.InProgress => " waits for you",
                    TaskAttemptState.HandedIn => " handed in",
                    TaskAttemptState.Failed => " failed",
                    TaskAttemptState.Stopped => " was stopped",
                    null => " has not begun",
                    _ => " asked for something",
                };

    /// <summary>What that means, and what to do; null where the heading says it all.</summary>
    public static string? Meaning(TaskWorkView view)
    {
        var status = view.Task.Status;
        if (view.Minion is null)
        {
            return "No minion is to do it now. Give it to one, and it begins.";
        }

        if (status is WorkTaskStatus.Done or WorkTaskStatus.Archived)
        {
            return status == WorkTaskStatus.Done ? "The task is done." : "The task is in the archive.";
        }

        if (!view.IsActive && !view.IsAsking && view.Task.IsBlocked && status != WorkTaskStatus.Review)
        {
            return $"It begins by itself once {string.Join(", ", view.Task.Blockers.Take(5).Select(number => $"T-{number}"))} "
                + $"{Counted.Are(view.Task.Blockers.Count)} done.";
        }

        return view.Current?.State switch
        {
            TaskAttemptState.Pending when view.Current?.HeldUntil is not null => "It goes on by itself.",
            TaskAttemptState.Pending => "It begins as soon as there is room.",
            TaskAttemptState.Working => "You are told when it hands in, or asks.",
            TaskAttemptState.Waiting when view.IsAsking => "Decide on the tool call, and it goes on by itself.",
            TaskAttemptState.Waiting when view.Obstacle is null => "Answer in a comment, and it goes on by itself.",
            TaskAttemptState.HandedIn when status == WorkTaskStatus.Review => "Read the result, and accept it or send it back.",
            TaskAttemptState.HandedIn => "It was sent back. Say in a comment what must change, and start it again.",
            TaskAttemptState.Failed or TaskAttemptState.Stopped when view.CanStart => "Start it again, or change the task first.",
            null when view.CanStart => "Start it, or change the task first.",
            _ => null,
        };
    }

    public static string StartedOften(TaskSpending spending) =>
        $"It was begun {Figures.Count(spending.StartsToday, "time")} today, as often as is allowed. Start it tomorrow, or do it yourself.";

    public static string UsedUp(TaskSpending spending) =>
        $"Its budget of {Figures.Cost(spending.Budget)} is used up. Raise the budget of the task, or do it yourself.";

    /// <summary>Of one attempt.</summary>
    public static string Limits(TaskSpending spending) =>
        $"One attempt may use up to {Figures.Count(spending.MaxTokens, "token")}, and take up to "
        + $"{Figures.Count((long)Math.Ceiling(spending.MaxTime.TotalMinutes), "minute")}.";

    public static string Of(TaskAttemptState state) =>
        state switch
        {
            TaskAttemptState.Pending => "waits for its turn",
            TaskAttemptState.Working => "at work",
            TaskAttemptState.HandedIn => "handed in",
            TaskAttemptState.Waiting => "asked",
            TaskAttemptState.Failed => "failed",
            _ => "stopped",
        };

    public static string? Tone(TaskAttemptState state) =>
        state switch
        {
            TaskAttemptState.HandedIn or TaskAttemptState.Working => "good",
            TaskAttemptState.Waiting => "warn",
            TaskAttemptState.Failed => "bad",
            _ => null,
        };

    /// <summary>What a stage of the answer did that has ended; null where it did nothing.</summary>
    public static string? Of(StageTrace stage, AnswerTrace trace) =>
        stage.Status == StageStatus.Skipped ? null
        : stage.Status == StageStatus.Failed ? $"{stage.Name} failed: {stage.Reason}"
        : stage.Name switch
        {
            StageName.Memory => stage.Text is { } remembered
                ? $"Recalled {Figures.Count(remembered.Split('\n').Length, "memory", "memories")}"
                : null,
            StageName.Style => "Drafted in its own voice",
            StageName.Tools => $"Tools: {stage.Text}",
            StageName.Knowledge => $"Looked in its collections, {Figures.Count(trace.Passages.Count, "passage")}",
            _ => null,
        };

    /// <summary>Of a level with a limit: a warning from 80 % on.</summary>
    public static string? ToneOf(decimal level, decimal limit) =>
        level == 0 ? null
        : level >= limit ? "bad"
        : level >= limit * 0.8m ? "warn"
        : null;

    /// <summary>A number as a meter takes it.</summary>
    public static string Value(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many tokens a text is, about, as its limit counts them.</summary>
    public static int Tokens(string text) => text.Length / 4;
}
