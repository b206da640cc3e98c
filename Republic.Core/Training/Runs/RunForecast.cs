namespace Republic.Core.Training.Runs;

/// <summary>
/// How much longer a run takes: the work that is ahead, counted before it begins, at the pace of each kind of work in this run. A kind that
/// was not measured yet is reckoned beside those that were, where it is known how long each usually takes on the same model.
/// </summary>
/// <param name="isBuiltIn">The run computes with the built-in model, whose kinds of work were measured beside each other.</param>
/// <param name="before">Worked in earlier starts of the run.</param>
internal sealed class RunForecast(bool isBuiltIn, TimeSpan before, TimeProvider time)
{
    /// <summary>This share of a kind's work weighs as much as what is usual: the first pieces are seldom like the others.</summary>
    private const double Trial = 0.03;

    /// <summary>Seconds of a piece of which nothing is known, for the progress alone. Rather too many: a bar that was too far ahead stands still.</summary>
    private const double Unusual = 3;

    /// <summary>The progress that is shown at most while the pace of what is computed here is not known: a guess may be wrong by hundreds of times.</summary>
    private const double MostGuessed = 0.1;

    /// <summary>The progress that is shown at most while not even the work that is ahead is known.</summary>
    private const double MostUncounted = 0.03;

    /// <summary>The progress that is shown at most until the run has ended.</summary>
    private const double MostBeforeEnd = 0.99;

    /// <summary>Seconds after which a measurement weighs a third of a new one.</summary>
    private const double Memory = 40;

    /// <summary>Pieces of a kind that it is remembered with at least, however long ago it was.</summary>
    private const double Least = 1e-3;

    /// <summary>Seconds of work from which on it tells how fast the machine is.</summary>
    private const double Enough = 1;

    /// <summary>Seconds of a piece of each kind beside the others, of the built-in model with the usual settings.</summary>
    private static readonly Dictionary<WorkKind, double> Usual = new()
    {
        [WorkKind.Start] = 6,
        [WorkKind.Answers] = 0.1,
        [WorkKind.Replay] = 0.015,
        [WorkKind.Training] = 0.33,
        [WorkKind.Losses] = 0.08,
        [WorkKind.Retention] = 0.014,
    };

    private readonly Lock gate = new();
    private readonly long started = time.GetTimestamp();
    private readonly Dictionary<WorkKind, (double Pieces, double Seconds)> measured = [];
    private readonly Dictionary<WorkKind, (int Done, int Of)> current = [];
    private readonly HashSet<WorkKind> begun = [];

    /// <summary>Work in the steps after the present one; null where it is not known.</summary>
    private IReadOnlyDictionary<WorkKind, int>? ahead;
    private TimeSpan told;

    /// <summary>To the end of the run; null where it is not known.</summary>
    public TimeSpan? Left { get; private set; }

    /// <summary>Progress of the whole run, 0 to 1: time worked, divided by that and the time left. It never goes back.</summary>
    public double Progress { get; private set; }

    /// <summary>Work that earlier starts of the run did in so many seconds: how fast this machine is, before this start has done anything.</summary>
    public void Recall(WorkKind kind, int pieces, double seconds)
    {
        lock (gate)
        {
            measured[kind] = (pieces, seconds);
        }
    }

    /// <summary>A step begins.</summary>
    /// <param name="work">Pieces of each kind in it.</param>
    /// <param name="after">The same of the steps after it; null where that is not known yet.</param>
    public void Begin(IReadOnlyDictionary<WorkKind, int>? work, IReadOnlyDictionary<WorkKind, int>? after)
    {
        lock (gate)
        {
            current.Clear();
            begun.Clear();
            foreach (var (kind, pieces) in work ?? new Dictionary<WorkKind, int>())
            {
                current[kind] = (0, pieces);
            }

            // What is not known of this step is not known of the run.
            ahead = work is null ? null : after;
            Reckon();
        }
    }

    /// <summary>More of a kind of work is done in this step. The time since what was told before belongs to it.</summary>
    /// <param name="isNew">False: an earlier start did it, and it took no time now.</param>
    public void Did(WorkKind kind, int more, bool isNew)
    {
        lock (gate)
        {
            var (done, of) = current.GetValueOrDefault(kind);
            Take(kind, done + more, of, isNew);
        }
    }

    /// <summary>So much of a kind of work is done in this step, of so much that there is to do.</summary>
    public void DidOf(WorkKind kind, int done, int of)
    {
        lock (gate)
        {
            Take(kind, done, of, isNew: true);
        }
    }

    /// <summary>So much of a kind of work in this step is not done after all.</summary>
    public void Drop(WorkKind kind, int pieces)
    {
        lock (gate)
        {
            if (current.TryGetValue(kind, out var work))
            {
                current[kind] = (work.Done, Math.Max(work.Done, work.Of - pieces));
                Reckon();
            }
        }
    }

    private void Take(WorkKind kind, int done, int of, bool isNew)
    {
        var earlier = current.GetValueOrDefault(kind).Done;
        current[kind] = (done, Math.Max(of, done));
        if (isNew && kind != WorkKind.Start && begun.Add(kind))
        {
            // Something got ready for it, which says nothing of its pace.
            var (starts, ofStarts) = current.GetValueOrDefault(WorkKind.Start);
            current[WorkKind.Start] = (starts + 1, Math.Max(ofStarts, starts + 1));
            Measure(WorkKind.Start, 1);
        }
        else if (isNew && done > earlier)
        {
            Measure(kind, done - earlier);
        }

        Reckon();
    }

    private void Measure(WorkKind kind, int pieces)
    {
        var took = (time.GetElapsedTime(started) - told).TotalSeconds;
        // Somebody else may use a core since then: what was measured lately tells more of what is ahead. The pace of a kind stays.
        // A judge answers elsewhere, and says nothing of this machine.
        var weight = Usual.ContainsKey(kind) ? Math.Exp(-took / Memory) : 1;
        foreach (var (other, known) in measured.Where(one => Usual.ContainsKey(one.Key)).ToList())
        {
            measured[other] = known.Pieces * weight < Least ? known : (known.Pieces * weight, known.Seconds * weight);
        }

        var (all, seconds) = measured.GetValueOrDefault(kind);
        measured[kind] = (all + pieces, seconds + took);
    }

    private void Reckon()
    {
        told = time.GetElapsedTime(started);
        if (ahead is null)
        {
            // What is done of this step alone, for the little that such steps get.
            var counted = current.Where(work => work.Key != WorkKind.Start).Select(work => work.Value).ToList();
            var of = counted.Sum(work => work.Of);
            Left = null;
            Progress = Math.Max(Progress, of == 0 ? 0 : MostUncounted * counted.Sum(work => work.Done) / of);
            return;
        }

        var all = current
            .Select(work => (Kind: work.Key, Left: work.Value.Of - work.Value.Done, work.Value.Of))
            .Concat(ahead.Select(work => (Kind: work.Key, Left: work.Value, Of: work.Value)))
            .GroupBy(work => work.Kind)
            .Select(work => (work.Key, Left: work.Sum(one => one.Left), Of: work.Sum(one => one.Of)))
            .Select(work => (work.Key, work.Left, Pace: PaceOf(work.Key, work.Left, work.Of)))
            .ToList();
        var seconds = all.Sum(work => work.Left * (work.Pace ?? Usual.GetValueOrDefault(work.Key, Unusual)));
        var spent = (before + told).TotalSeconds;
        var share = spent > 0 ? spent / (spent + seconds) : 0;
        Left = all.TrueForAll(work => work.Pace is not null) ? TimeSpan.FromSeconds(seconds) : null;
        // A judge, or what is indexed, may be slower than guessed, and the bar goes on all the same: it would stand still until their turn.
        var isComputedAsGuessed = all.Exists(work => work.Pace is null && Usual.ContainsKey(work.Key));
        Progress = Math.Max(Progress, Math.Min(share, isComputedAsGuessed ? MostGuessed : MostBeforeEnd));
    }

    /// <summary>Seconds of a piece; null where nothing tells.</summary>
    private double? PaceOf(WorkKind kind, int left, int of)
    {
        if (left == 0)
        {
            return 0;
        }

        var (pieces, seconds) = measured.GetValueOrDefault(kind);
        var trial = Trial * of;
        return UsualOf(kind) is { } usual ? (seconds + (trial * usual)) / (pieces + trial)
            : pieces > 0 ? seconds / pieces
            : null;
    }

    /// <summary>The usual seconds of a piece, on a machine that is as fast as this one was so far.</summary>
    private double? UsualOf(WorkKind kind)
    {
        // Another model has other proportions; once it trained some steps, what is ahead of it is small beside those.
        if (!Usual.TryGetValue(kind, out var usual) || !(isBuiltIn || measured.ContainsKey(WorkKind.Training)))
        {
            return null;
        }

        var others = measured.Where(one => one.Key != WorkKind.Start && Usual.ContainsKey(one.Key)).ToList();
        var took = others.Sum(one => one.Value.Seconds);
        return took >= Enough ? usual * took / others.Sum(one => one.Value.Pieces * Usual[one.Key]) : null;
    }
}
