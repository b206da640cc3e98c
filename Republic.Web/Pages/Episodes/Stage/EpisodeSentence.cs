using Republic.Core.Episodes;
using Republic.Core.Episodes.Machine;
using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes.Stage;

/// <summary>One sentence that says whose turn it is, or why an episode waits, and what to do.</summary>
internal static class EpisodeSentence
{
    public static string Of(EpisodePage page, LocalTime times)
    {
        var view = page.View;
        return view.Phase switch
        {
            EpisodePhase.Ready => view.IsOwner
                ? "It was not started. Say who plays which role, and start it."
                : "It was not started yet. Whoever began it starts it.",
            EpisodePhase.Over => Ended(view),
            _ when view is { IsOwner: false, Why: { } away } => away,
            EpisodePhase.Limited => view.Why ?? "A limit is reached. Whoever began the episode can raise it.",
            EpisodePhase.Stuck => view.Why ?? "It cannot go on by itself. Whoever began the episode decides how it does.",
            _ when view.Wait == EpisodeWait.Paused => Paused(page),
            EpisodePhase.Waiting when page.ActsAs is { } role =>
                $"It is your turn: you play “{ElementName.Of(role)}”. Nothing goes on until you answer.",
            EpisodePhase.Waiting => Waits(page, times),
            EpisodePhase.Choosing => view.Choices.Count > 0
                ? "Choose what happens next. Nothing goes on until you do."
                : "It waits for somebody to choose what happens next.",
            EpisodePhase.Deciding => Asks(page, times),
            _ when view.HeldUntil is { } until =>
                $"It is held until {times.Moment(until)}: each time that minions were to act, the process died or lost the database. It goes on by itself.",
            EpisodePhase.Judging => "The director decides what happens next.",
            _ => Acts(page),
        };
    }

    private static string Ended(EpisodeView view) =>
        view.EndedBy switch
        {
            EpisodeEnd.Person => "It was stopped. What came of it is kept.",
            EpisodeEnd.Failures => $"It was stopped: a step failed three times. {view.Why}".TrimEnd(),
            _ => $"It ended in “{ElementName.Of(view.CurrentState ?? "")}”: {EpisodeWords.Result(view.Result)}.",
        };

    private static string Paused(EpisodePage page) =>
        page.View.IsOwner
            ? page.Acting is { Status: StepStatus.Running } step
                ? $"{Name(step)} finishes this step; then it is paused."
                : "It is paused. Resume it, or have one step done."
            : "It is paused. Whoever began it resumes it.";

    private static string Waits(EpisodePage page, LocalTime times)
    {
        var role = page.View.WaitingFor.Count > 0 ? page.View.WaitingFor[0] : "";
        var who = page.PlayerOf(role)?.Name is { } name
            ? $"{PlainName.Of(name)}, who plays “{ElementName.Of(role)}”"
            : $"“{ElementName.Of(role)}”";
        return page.View.WaitsUntil is { } until ? $"It waits for {who}, until {times.Moment(until)}." : $"It waits for {who}.";
    }

    private static string Asks(EpisodePage page, LocalTime times)
    {
        var until = page.View.WaitsUntil is { } end ? $", until {times.Moment(end)}" : "";
        return !page.View.IsOwner ? $"It waits for whoever began it{until}."
            : page.Acting is { } step
                ? $"{Name(step)}, who acts as “{ElementName.Of(step.Role)}”, asks to call a tool. It waits for you to decide{until}."
            : $"A minion asks to call a tool. It waits for you to decide{until}.";
    }

    private static string Acts(EpisodePage page) =>
        page.Acting is { } step ? $"{Name(step)} acts as “{ElementName.Of(step.Role)}”." : "Minions act.";

    private static string Name(StepCard step) => step.Name is { } name ? PlainName.Of(name) : ElementName.Of(step.Role);
}
