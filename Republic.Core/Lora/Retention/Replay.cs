using Republic.Core.Llama.Native;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Progress;
using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Retention;

/// <summary>
/// What the version before answers, mixed into the rows of a run so that the new one keeps it. Answers are drawn from that version's own
/// probabilities, several to a prompt: learning such draws pulls towards its whole distribution, and not only towards its likeliest words.
/// </summary>
/// <param name="Rows">To be learned beside the run's own.</param>
/// <param name="Watched">Answers to other prompts, which are never learned: their loss tells when to stop.</param>
internal sealed record Replay(IReadOnlyList<TrainingExample> Rows, IReadOnlyList<TrainingExample> Watched)
{
    private const int FewestWatchedOneIn = 7;

    /// <summary>About how many answers are watched at most: they are measured at each validation.</summary>
    private const int MostWatched = 140;

    /// <summary>Tokens that an answer needs at least.</summary>
    private const int ShortestAnswer = 8;
    private const int FewestPrompts = 4 * FewestWatchedOneIn;

    /// <summary>Times that an answer to be kept is replayed for each time that another one is.</summary>
    private const int KeptRepeats = 3;

    public static Replay None { get; } = new([], []);

    /// <summary>Deterministic: a run that goes on makes the very same rows again.</summary>
    /// <param name="run">With the prompts, and the weights of the version before.</param>
    /// <param name="own">Rows that the run learns from.</param>
    /// <param name="manner">Rows of the run's own, whose manner the replayed answers take on.</param>
    /// <param name="progress">Receives how many answers are written.</param>
    /// <exception cref="LoraException">There is no memory for it, or the prompts cannot be read.</exception>
    public static Replay Of(
        LoraRun run,
        int own,
        IReadOnlyList<ChatRow> manner,
        LoraSettings settings,
        RunThreads threads,
        IProgress<TrainingProgress> progress,
        CancellationToken ct
    )
    {
        var needed = (int)Math.Min(int.MaxValue / 2, (long)settings.ReplayedPerEpoch(own) * settings.Epochs!.Value);
        if (run.ReplayPath is not { } path || needed == 0)
        {
            return None;
        }

        if (run.FormerAdapterPath is { } former)
        {
            AdapterCheck.CheckFiles(former, run.ModelPath);
        }

        try
        {
            using var model = LlamaModel.Load(run.ModelPath);
            using var adapter = run.FormerAdapterPath is { } file ? LoraAdapter.Load(model, file) : null;
            using var pool = new ComputeThreads(run.Threads);
            using var following = threads.Follow(count => pool.Allowed = count);
            var (written, all) = (0, 0);
            var decoder = new AnswerDecoder(model, adapter, pool)
            {
                OnAnswered = more => progress.Report(new ReplayProgress(written += more, all)),
            };
            var prompts = Fitting(model, Some(ReplayPrompts.Read(path), needed), settings);
            var kept = run.KeepPath is { } keep ? Fitting(model, ReplayPrompts.Read(keep), settings) : [];
            all = (Draws(model, prompts.Count, needed) * prompts.Count) + kept.Count;
            progress.Report(new ReplayProgress(0, all));
            return Of(model, decoder, prompts, kept, needed, AnswerFrames.Of(manner), settings, ct);
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
        {
            throw new LoraException(
                $"There is not enough memory for the model's own answers. {e.Message} End other programs, take a smaller model, or turn replay off.",
                e
            );
        }
        catch (Exception e) when (e is NativeLibraryException or InvalidDataException)
        {
            throw new LoraException($"{run.ModelPath} cannot be loaded: {e.Message}", e);
        }
    }

    /// <summary>A short run replays few answers, and need not wait until all were drawn: prompts from everywhere in the list.</summary>
    internal static IReadOnlyList<T> Some<T>(IReadOnlyList<T> prompts, int needed)
    {
        var count = Math.Min(prompts.Count, Math.Max(FewestPrompts, needed + (needed / (FewestWatchedOneIn - 1)) + 1));
        return [.. Enumerable.Range(0, count).Select(i => prompts[(int)((long)i * prompts.Count / count)])];
    }

    /// <summary>Which of the prompts are watched. The same question may come under two system texts, and is then watched under both.</summary>
    internal static IReadOnlyList<bool> AreWatched(IReadOnlyList<IReadOnlyList<ChatLine>> prompts)
    {
        // Odd: system texts take turns with the prompts, and each of them shall be watched.
        var oneIn = Math.Max(FewestWatchedOneIn, (prompts.Count / MostWatched) | 1);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. prompts.Select(lines =>
            {
                numbers.TryAdd(lines[^1].Content, numbers.Count);
                return numbers[lines[^1].Content] % oneIn == oneIn - 1;
            }),
        ];
    }

    private static int Longest(LlamaModel model, LoraSettings settings) => Math.Min(settings.MaxLength, model.ContextLength);

    private static List<(IReadOnlyList<ChatLine> Lines, int[] Tokens)> Fitting(
        LlamaModel model,
        IReadOnlyList<IReadOnlyList<ChatLine>> prompts,
        LoraSettings settings
    ) =>
        [
            .. prompts
                .Select(lines => (Lines: lines, Tokens: ChatTemplate.Tokens(model, lines)))
                .Where(prompt => prompt.Tokens.Length + ShortestAnswer <= Longest(model, settings)),
        ];

    /// <summary>The number of answers to draw for each prompt.</summary>
    private static int Draws(LlamaModel model, int prompts, int needed) =>
        prompts == 0 ? 0 : Math.Clamp(((needed - 1) / prompts) + 1, 1, LoraSettings.ReplayDraws(model.Parameters));

    /// <summary>Rows are read in their order, and a run may end before the last.</summary>
    private static void Spread(List<TrainingExample> kept, List<TrainingExample> rows)
    {
        foreach (var from in Enumerable.Range(0, KeptRepeats).Select(repeat => rows.Count * repeat / KeptRepeats).Reverse().ToList())
        {
            rows.InsertRange(from, kept);
        }
    }

    private static Replay Of(
        LlamaModel model,
        AnswerDecoder decoder,
        IReadOnlyList<(IReadOnlyList<ChatLine> Lines, int[] Tokens)> fitting,
        IReadOnlyList<(IReadOnlyList<ChatLine> Lines, int[] Tokens)> kept,
        int needed,
        AnswerFrames frames,
        LoraSettings settings,
        CancellationToken ct
    )
    {
        if (fitting.Count == 0)
        {
            return None;
        }

        var seeds = Enumerable.Range(1, Draws(model, fitting.Count, needed)).Select(draw => settings.Seed + draw).ToList();
        var drawn = Drawn(fitting, seeds.Select(seed => new SamplingParameters(seed, Temperature: 1)));
        // The answer that was lost is the likeliest one.
        var keeping = Drawn(kept, [SamplingParameters.Greedy])[0];
        var chat = new ChatExamples(model);
        var isWatched = AreWatched([.. fitting.Select(prompt => prompt.Lines)]);
        var (rows, watched) = (new List<TrainingExample>(), new List<TrainingExample>());
        // Draw by draw, so that an epoch sees as many prompts as possible.
        foreach (var answers in drawn)
        {
            for (var i = 0; i < fitting.Count; i++)
            {
                Add(isWatched[i] ? watched : rows, fitting[i].Lines, answers[i], i + rows.Count);
            }
        }

        var keptRows = new List<TrainingExample>();
        for (var i = 0; i < kept.Count; i++)
        {
            Add(keptRows, kept[i].Lines, keeping[i], i);
        }

        Spread(keptRows, rows);
        return new Replay(rows, [.. watched.Take(isWatched.Count(one => one))]);

        IReadOnlyList<IReadOnlyList<int[]>> Drawn(
            IReadOnlyList<(IReadOnlyList<ChatLine> Lines, int[] Tokens)> prompts,
            IEnumerable<SamplingParameters> samplings
        ) => decoder.Answer([.. prompts.Select(prompt => prompt.Tokens)], AnswerDecoder.MostTokens, [.. samplings], ct);

        void Add(List<TrainingExample> side, IReadOnlyList<ChatLine> lines, int[] answer, int number)
        {
            // One that did not come to an end would teach the model to stop in the middle.
            if (decoder.HasEnded(answer) && decoder.Text(answer) is { Length: > 0 } text)
            {
                side.AddRange(
                    chat.Of([.. lines, new ChatLine("assistant", frames.Dress(text, number))])
                        .Where(example => example.Tokens.Length <= Longest(model, settings))
                        .Take(1)
                );
            }
        }
    }
}
