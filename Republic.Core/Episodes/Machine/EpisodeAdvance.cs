using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Machine;

/// <summary>Takes one event that fits.</summary>
internal sealed class EpisodeAdvance
{
    /// <summary>How often a role may say the same in a row, and how often a step may fail.</summary>
    private const int Most = 3;

    private readonly EpisodeMachine machine;
    private readonly EpisodeEvent happened;
    private readonly DecisionBuilder builder;

    public EpisodeAdvance(EpisodeMachine machine, EpisodeState before, EpisodeEvent happened)
    {
        (this.machine, this.happened) = (machine, happened);
        var passed = before.Wait is null && before.At is { } last ? (long)(happened.At - last).TotalMilliseconds : 0;
        builder = new DecisionBuilder(
            machine,
            happened,
            before with
            {
                At = happened.At,
                WorkedMs = before.WorkedMs + Math.Max(passed, 0),
            }
        );
    }

    private EpisodeState State
    {
        get => builder.State;
        set => builder.State = value;
    }

    public Decision Decide()
    {
        switch (happened)
        {
            case EpisodeEvent.Started started:
                Start(started);
                break;
            case EpisodeEvent.StepDone done:
                Pay(done.Cost, done.Tokens);
                Act(done.Role, done.Text, done.Label, done.Score, edge: null);
                break;
            case EpisodeEvent.PersonActed acted:
                Act(acted.Role, acted.Text, acted.Label, acted.Score, acted.Edge);
                break;
            case EpisodeEvent.StepFailed failed:
                Pay(failed.Cost, failed.Tokens);
                Fail(failed);
                break;
            case EpisodeEvent.Judged judged:
                Pay(judged.Cost, judged.Tokens);
                Judge(judged.Index);
                break;
            case EpisodeEvent.Chosen chosen:
                State = State with { IsPaused = State.IsPaused || State.PausesAfterStep, PausesAfterStep = false };
                builder.Follow(chosen.Index);
                break;
            case EpisodeEvent.Injected injected:
                Inject(injected);
                break;
            case EpisodeEvent.Swapped swapped:
                Swap(swapped);
                break;
            case EpisodeEvent.TimedOut:
                builder.Leave(isTimeout: true);
                break;
            case EpisodeEvent.Gone gone:
                builder.Stick($"Whoever plays “{ElementName.Of(gone.Role)}” is gone. Give the role to somebody else.", ResumePoint.Act);
                break;
            default:
                Control();
                break;
        }

        return new Decision(State, builder.Effects);
    }

    private void Control()
    {
        switch (happened)
        {
            case EpisodeEvent.Paused paused:
                State = State with { IsPaused = true, PausesAfterStep = false, Why = paused.Why ?? State.Why };
                break;
            case EpisodeEvent.Resumed resumed:
                State = State with { PausesAfterStep = false, Limits = EpisodeLimits.Over(State.Limits, resumed.Limits) };
                builder.Retry();
                break;
            case EpisodeEvent.OneStep:
                State = State with { PausesAfterStep = true };
                builder.GoOn();
                break;
            case EpisodeEvent.CallsAwaited awaited:
                Pay(awaited.Cost, awaited.Tokens);
                State = State with
                {
                    AskCost = Math.Max(State.AskCost, awaited.Cost),
                    AskTokens = Math.Max(State.AskTokens, awaited.Tokens),
                };
                builder.AwaitCalls();
                break;
            case EpisodeEvent.CallsDecided:
                State = State with { Phase = EpisodePhase.Asking, Until = null };
                break;
            case EpisodeEvent.LimitReached limit:
                builder.Limit(limit.Limit);
                break;
            case EpisodeEvent.Forked:
                // What its parent waits for belongs to the parent alone.
                State = State with
                {
                    IsPaused = true,
                    PausesAfterStep = false,
                    Ask = null,
                    Phase = State.Phase == EpisodePhase.Deciding ? EpisodePhase.Asking : State.Phase,
                    Until = State.Phase == EpisodePhase.Deciding ? null : State.Until,
                };
                break;
            case EpisodeEvent.Stopped:
                builder.End(EpisodeEnd.Person, result: null);
                break;
        }
    }

    private void Start(EpisodeEvent.Started started)
    {
        State = State with
        {
            Cast = started.Cast,
            Limits = EpisodeLimits.Over(EpisodeLimits.Over(EpisodeLimits.Default, State.Limits), started.Limits),
            Facts = State.Facts.SetItems(started.Facts),
        };
        builder.Leave(isTimeout: false);
    }

    /// <summary>Counts what the step under way took in all: what it took before it waited is counted already.</summary>
    private void Pay(decimal cost, long tokens) =>
        State = State with
        {
            Cost = State.Cost + Math.Max(cost - State.AskCost, 0),
            Tokens = State.Tokens + Math.Max(tokens - State.AskTokens, 0),
        };

    private void Act(string role, string text, string? label, double? score, int? edge)
    {
        var (current, repetition) = (machine.Current(State)!.State, Repetition.After(State.Repeated.GetValueOrDefault(role), text));
        builder.Add(new EpisodeEffect.Publish(current.Name, role, machine.AudienceOf(current, role)));
        State = State with
        {
            Ask = null,
            Turn = State.Turn + 1,
            Spoken = State.Spoken + 1,
            Last = new LastStep(current.Name, text, role, "COMPLETED"),
            Outcome = label ?? "",
            Score = score,
            Failures = 0,
            Repeated = State.Repeated.SetItem(role, repetition),
            IsPaused = State.IsPaused || State.PausesAfterStep,
            PausesAfterStep = false,
        };
        if (edge is { } index)
        {
            builder.Follow(index);
        }
        else if (repetition.Count >= Most)
        {
            State = State with { Repeated = State.Repeated.Remove(role) };
            builder.Stick(
                $"“{ElementName.Of(role)}” said the same {Most} times in a row. Resume to go on all the same, or choose what happens next.",
                ResumePoint.NextActor
            );
        }
        else
        {
            builder.NextActor();
        }
    }

    private void Judge(int? index)
    {
        State = State with { Ask = null, Failures = 0, IsPaused = State.IsPaused || State.PausesAfterStep, PausesAfterStep = false };
        if (index is { } chosen)
        {
            builder.Follow(chosen);
        }
        else
        {
            builder.Leave(isTimeout: false, isJudged: true);
        }
    }

    private void Fail(EpisodeEvent.StepFailed failed)
    {
        var (error, failures) = (failed.Error, failed.IsUntried ? State.Failures : State.Failures + 1);
        State = State with { Ask = null, Failures = failures, PausesAfterStep = false };
        if (failures >= Most)
        {
            State = State with { Why = error };
            builder.End(EpisodeEnd.Failures, result: null);
            return;
        }

        builder.Stick(error, State.Phase == EpisodePhase.Judging ? ResumePoint.Judge : ResumePoint.Act);
    }

    private void Inject(EpisodeEvent.Injected injected)
    {
        builder.Add(new EpisodeEffect.Publish(null, null, injected.Audience));
        if (injected is { Fact: { } fact, Value: { } value })
        {
            State = State with { Facts = State.Facts.SetItem(fact, value) };
        }
    }

    private void Swap(EpisodeEvent.Swapped swapped)
    {
        State = State with { Cast = State.Cast.SetItem(swapped.Role, swapped.Member) };
        var isActing = State.Role == swapped.Role;
        if (isActing || swapped.Role == machine.Director)
        {
            // Somebody else has not failed yet.
            State = State with
            {
                Failures = 0,
            };
        }

        if (
            isActing
            && (State.Phase is EpisodePhase.Asking or EpisodePhase.Waiting or EpisodePhase.Deciding || State.Resume == ResumePoint.Act)
        )
        {
            builder.Await(swapped.Role);
        }
        else if (swapped.Role == machine.Director && (State.Phase == EpisodePhase.Judging || State.Resume == ResumePoint.Judge))
        {
            builder.Leave(isTimeout: false);
        }
    }
}
