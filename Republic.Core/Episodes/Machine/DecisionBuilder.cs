using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Machine;

/// <summary>Leads an episode on after an event, until somebody is to act, or it is over.</summary>
internal sealed class DecisionBuilder(EpisodeMachine machine, EpisodeEvent happened, EpisodeState before)
{
    /// <summary>Decisions that only lead to each other must not go on for ever.</summary>
    private const int MostMoves = 200;

    /// <summary>How long a person is waited for where their state does not say.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(72);

    private readonly List<EpisodeEffect> effects = [];
    private EpisodeState state = before;

    public EpisodeState State
    {
        get => state;
        set => state = value;
    }

    public IReadOnlyList<EpisodeEffect> Effects => effects;

    public void Add(EpisodeEffect effect) => effects.Add(effect);

    public void NextActor()
    {
        var current = machine.Current(state)!.State;
        if (TurnOrder.Next(current, state.Spoken, state.Last, state.Outcome) is { } next)
        {
            Await(next);
        }
        else
        {
            Leave(isTimeout: false);
        }
    }

    /// <summary>Goes on where it could not.</summary>
    public void Retry()
    {
        if (state.Resume != ResumePoint.None)
        {
            state = state with { IsPaused = false };
        }

        switch (state.Resume)
        {
            case ResumePoint.Act:
                Await(state.Role!);
                break;
            case ResumePoint.NextActor:
                NextActor();
                break;
            case ResumePoint.Judge:
                state = state with { Phase = EpisodePhase.Judging, Resume = ResumePoint.None, Why = null, Limit = null };
                Perform();
                break;
            case ResumePoint.Leave:
                Leave(isTimeout: false);
                break;
            default:
                GoOn();
                break;
        }
    }

    /// <summary>Ends a pause. Whoever was asked before it is not asked twice.</summary>
    public void GoOn()
    {
        if (state.IsPaused)
        {
            state = state with { IsPaused = false, Why = null };
            Perform();
        }
    }

    /// <summary>Has a role act next, whoever plays it.</summary>
    public void Await(string role)
    {
        state = state with { Role = role, Ask = null, Until = null, Why = null, Limit = null, Resume = ResumePoint.None };
        if (!state.Cast.TryGetValue(role, out var member))
        {
            Stick($"Nobody plays “{ElementName.Of(role)}”. Give the role to somebody.", ResumePoint.Act);
            return;
        }

        state = state with { Phase = member.IsPerson ? EpisodePhase.Waiting : EpisodePhase.Asking };
        Perform();
    }

    /// <summary>Has done what its phase wants, unless it is paused.</summary>
    private void Perform()
    {
        if (state.IsPaused)
        {
            return;
        }

        if (state.Phase == EpisodePhase.Deciding)
        {
            // Nobody is asked anew, whatever its limits.
            state = state with
            {
                Until = Deadline(),
            };
            return;
        }

        if (state.Phase is not (EpisodePhase.Asking or EpisodePhase.Waiting or EpisodePhase.Judging))
        {
            return;
        }

        if (EpisodeLimits.Reached(state) is { } kind)
        {
            Limit(kind);
            return;
        }

        var current = machine.Current(state)!.State;
        switch (state.Phase)
        {
            case EpisodePhase.Asking when state.Ask is null:
                state = state with { Ask = happened.Seq, AskCost = 0, AskTokens = 0 };
                effects.Add(new EpisodeEffect.Ask(current.Name, state.Role!, state.Cast[state.Role!].Citizen));
                break;
            case EpisodePhase.Judging when state.Ask is null:
                state = state with { Ask = happened.Seq, AskCost = 0, AskTokens = 0 };
                var director = machine.Director!;
                effects.Add(
                    new EpisodeEffect.AskDirector(current.Name, director, state.Cast[director].Citizen, [.. machine.QuestionsOf(state)])
                );
                break;
            case EpisodePhase.Waiting:
                var until = Deadline();
                state = state with { Until = until };
                effects.Add(new EpisodeEffect.WaitForPerson(current.Name, state.Role!, state.Cast[state.Role!].Citizen, until));
                break;
        }
    }

    /// <summary>When whoever is waited for from now on is no longer waited for.</summary>
    private DateTimeOffset Deadline() =>
        happened.At + (machine.Current(state)!.State.TimeoutHours is { } hours ? TimeSpan.FromHours(hours) : Patience);

    /// <summary>Has the step under way wait for the owner to decide on its tool calls.</summary>
    public void AwaitCalls()
    {
        state = state with { Phase = EpisodePhase.Deciding };
        Perform();
    }

    /// <summary>Leaves the state by whichever transition is to be taken.</summary>
    /// <param name="isTimeout">Nobody acted: only what is taken when nothing else is leads on.</param>
    /// <param name="isJudged">The director has answered, and to no question with yes.</param>
    public void Leave(bool isTimeout, bool isJudged = false)
    {
        for (var moves = 0; moves < MostMoves; moves++)
        {
            if (Leading(isTimeout, isJudged) is not { } index || !Move(index))
            {
                return;
            }

            (isTimeout, isJudged) = (false, false);
        }

        Stick("Its decisions lead in a circle in which nobody acts. Choose what happens next.", ResumePoint.Leave);
    }

    /// <returns>The transition by which it goes on; null where somebody is to decide, or nothing leads on.</returns>
    private int? Leading(bool isTimeout, bool isJudged)
    {
        var lead = TransitionChoice.Of(machine, state, happened.Random, isTimeout, isJudged);
        effects.AddRange(lead.Errors);
        if (lead.Decider is { } phase)
        {
            state = state with
            {
                Phase = phase,
                Role = null,
                Ask = null,
                Until = null,
                Why = null,
                Limit = null,
                Resume = ResumePoint.None,
            };
            Perform();
        }
        else if (lead.Index is null && isTimeout)
        {
            var late = state.Role is { } role ? $"“{ElementName.Of(role)}”" : "Somebody";
            Stick(
                state.Phase == EpisodePhase.Deciding
                    ? $"Nobody decided in time on what {late} asked to call. Choose what happens next, or resume to have the step done again."
                    : $"{late} did not act in time. Choose what happens next, or resume to wait once more.",
                ResumePoint.Act
            );
        }
        else if (lead.Index is null)
        {
            Stick("No transition leads on. Choose one, or stop the episode.", ResumePoint.Leave);
        }

        return lead.Index;
    }

    /// <summary>Takes a transition, and goes on from where it leads.</summary>
    public void Follow(int index)
    {
        if (Move(index))
        {
            Leave(isTimeout: false);
        }
    }

    /// <returns>Whether nobody acts in the state that it leads to, so that it is to be left at once.</returns>
    private bool Move(int index)
    {
        var from = machine.Current(state)!.State;
        var to = machine.Find(from.Next[index].To)!.State;
        effects.Add(new EpisodeEffect.Enter(from.Name, index, to.Name));
        state = state with { Position = state.Position.Taking(from, index, to), Spoken = 0, Role = null, Ask = null };
        if (to.Type == NodeType.End)
        {
            End(EpisodeEnd.Scenario, to.Result);
            return false;
        }

        if (to.Type is not (NodeType.Action or NodeType.Approval) || to.Roles.Count == 0)
        {
            return true;
        }

        Await(to.Roles[0]);
        return false;
    }

    public void Limit(LimitKind kind)
    {
        state = state with
        {
            Resume = state.Phase == EpisodePhase.Judging ? ResumePoint.Judge : ResumePoint.Act,
            Phase = EpisodePhase.Limited,
            Ask = null,
            Until = null,
            Limit = kind,
            Why = EpisodeLimits.Sentence(kind, state.Limits),
        };
    }

    public void Stick(string why, ResumePoint resume) =>
        state = state with { Phase = EpisodePhase.Stuck, Ask = null, Until = null, Limit = null, Why = why, Resume = resume };

    public void End(EpisodeEnd by, EndResult? result)
    {
        state = state with
        {
            Phase = EpisodePhase.Over,
            EndedBy = by,
            Result = result,
            Role = null,
            Ask = null,
            Until = null,
            IsPaused = false,
            Resume = ResumePoint.None,
            Why = by == EpisodeEnd.Failures ? state.Why : null,
        };
        effects.Add(new EpisodeEffect.End(by, result));
    }
}
