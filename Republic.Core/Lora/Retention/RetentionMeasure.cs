using System.Text.Json;
using Republic.Core.Lora.Graph;
using Republic.Core.ModelHost.Gguf;
using Republic.Core.ModelHost.Native;

namespace Republic.Core.Lora.Retention;

/// <summary>
/// Holds a new version against the one before on a set of prompts: the former version's answers are the references; the new one
/// answers freely, and its probabilities for the references are read token by token.
/// </summary>
internal sealed class RetentionMeasure(RetentionOrder order)
{
    private const int MaxLength = 1024;
    private const int LongestPrompt = 4096;

    /// <summary>Two runs that should change nothing tell how much of what looks lost is the measure's own noise.</summary>
    private const int NullRuns = 2;

    /// <summary>
    /// Each version is asked so often. An answer that comes up in two of five is one that it can still give: which of two is the likeliest
    /// one changes with any training, and back.
    /// </summary>
    private const int Asked = 5;
    private const int FewestAlike = 2;
    private const int FewestReliable = 20;

    /// <exception cref="LoraException">It cannot be measured; the message says why, and what to do.</exception>
    /// <exception cref="GgufException">The model, or an adapter on this model, may not be used.</exception>
    public RetentionFindings Measure(RunThreads threads, CancellationToken ct)
    {
        Check();
        try
        {
            using var model = LlamaModel.Load(order.ModelPath);
            using var former = Load(model, order.FormerAdapterPath);
            using var draft = Load(model, order.AdapterPath);
            using var pool = new ComputeThreads(order.Threads);
            using var following = threads.Follow(count => pool.Allowed = count);
            return Measure(model, former, draft, pool, ct);
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
        {
            throw new LoraException(
                $"There is not enough memory to measure this model. {e.Message} End other programs, or take a smaller model.",
                e
            );
        }
        catch (Exception e) when (e is NativeLibraryException or InvalidDataException)
        {
            throw new LoraException($"{order.ModelPath} cannot be loaded: {e.Message}", e);
        }
    }

    private RetentionFindings Measure(LlamaModel model, LoraAdapter? former, LoraAdapter? draft, ComputeThreads pool, CancellationToken ct)
    {
        var (before, after) = (new AnswerDecoder(model, former, pool), new AnswerDecoder(model, draft, pool));
        var (asked, references) = Reliable(Prompts(model), before, ct);
        var formerPrompts = asked.Select(prompt => prompt.Former).ToList();
        var draftPrompts = asked.Select(prompt => prompt.Draft).ToList();
        var free = after.Answer(draftPrompts, AnswerDecoder.MostTokens, ct);
        var again = Drawn(after, draftPrompts, Asked - 1, run: 0, ct);
        var longest = asked.Max(prompt => Math.Max(prompt.Former.Length, prompt.Draft.Length)) + AnswerDecoder.MostTokens;
        var length = Math.Min(model.ContextLength, longest);
        using var shift = new DivergenceMeter(model, former, draft, length, pool);
        using var own = new DivergenceMeter(model, former, former, length, pool);
        var health = new AnswerHealth(model, Learned(model));
        var answers = new List<RetainedAnswer>();
        for (var i = 0; i < asked.Count; i++)
        {
            var prompt = asked[i];
            var shifts = shift.Measure(prompt.Former, prompt.Draft, references.Greedy[i], ct);
            var surprise = own.Measure(prompt.Former, prompt.Former, free[i], ct).Select(token => token.Before).ToList();
            var said = again.Select(answer => after.Text(answer[i])).Prepend(after.Text(free[i])).ToList();
            answers.Add(
                Judge(prompt.Prompt, references.Sets[i], shifts, said, health.Problem(free[i], surprise, references.Sets[i].Says(said[0])))
            );
        }

        return new RetentionFindings(answers, NullLosses(before, formerPrompts, references, ct));
    }

    /// <summary>What the version before could do: the prompts that it answers reliably. Where those are few, any.</summary>
    private (List<AskedPrompt> Asked, References References) Reliable(List<AskedPrompt> all, AnswerDecoder before, CancellationToken ct)
    {
        var references = References.Of(before, [.. all.Select(prompt => prompt.Former)], order.Seed, ct);
        // Where the version before loops or says nothing, a draft that does the same has lost nothing.
        var whole = Enumerable
            .Range(0, all.Count)
            .Where(i => references.Sets[i].Greedy.Length > 0 && !AnswerHealth.Loops(references.Greedy[i]))
            .ToList();
        var reliable = whole.Where(i => references.Sets[i].IsReliable).Take(order.Most).ToList();
        var taken =
            reliable.Count >= FewestReliable ? reliable
            : whole.Count > 0 ? [.. whole.Take(order.Most)]
            : Enumerable.Range(0, Math.Min(order.Most, all.Count)).ToList();
        return (
            [.. taken.Select(i => all[i])],
            new References([.. taken.Select(i => references.Greedy[i])], [.. taken.Select(i => references.Sets[i])])
        );
    }

    private static RetainedAnswer Judge(
        RetentionPrompt prompt,
        ReferenceSet references,
        IReadOnlyList<TokenShift> shifts,
        IReadOnlyList<string> said,
        string? degenerate
    )
    {
        var problem = degenerate ?? (IsKept(references, said) ? null : "says something else");
        return new RetainedAnswer(
            prompt.Kind,
            prompt.Question,
            references.Greedy,
            said[0],
            said.Max(references.ShareOf),
            shifts.Select(shift => shift.After - shift.Before).DefaultIfEmpty(0).Average(),
            shifts.Select(shift => shift.Divergence).DefaultIfEmpty(0).Average(),
            problem,
            degenerate is not null
        );
    }

    internal static bool IsKept(ReferenceSet references, IEnumerable<string> said) => said.Count(references.Says) >= FewestAlike;

    /// <summary>The version before is asked again, as the new one is.</summary>
    private List<int> NullLosses(AnswerDecoder before, List<int[]> prompts, References references, CancellationToken ct) =>
        [
            .. Enumerable
                .Range(1, NullRuns)
                .Select(run => Drawn(before, prompts, Asked - 1, run, ct))
                .Select(draws =>
                    references
                        .Sets.Where((set, i) => !IsKept(set, draws.Select(answers => before.Text(answers[i])).Prepend(set.Greedy)))
                        .Count()
                ),
        ];

    private List<IReadOnlyList<int[]>> Drawn(AnswerDecoder decoder, List<int[]> prompts, int times, int run, CancellationToken ct) =>
        [
            .. Enumerable
                .Range(1 + (run * Asked), times)
                .Select(draw => decoder.Draw(prompts, AnswerDecoder.MostTokens, -order.Seed - draw, order.Temperature, ct)),
        ];

    private List<AskedPrompt> Prompts(LlamaModel model)
    {
        var prompts = File.ReadLines(order.PromptsPath)
            .Select(line => JsonSerializer.Deserialize<RetentionPrompt>(line, LoraJson.Options)!)
            .Select(prompt => new AskedPrompt(prompt, ChatTemplate.Tokens(model, prompt.Former), ChatTemplate.Tokens(model, prompt.Draft)))
            .Where(prompt => Math.Max(prompt.Former.Length, prompt.Draft.Length) + AnswerDecoder.MostTokens <= Room(model))
            .ToList();
        return prompts.Count > 0
            ? prompts
            : throw new LoraException(
                $"{order.PromptsPath} has no prompt that fits into this model's context. Take a model with a longer one."
            );
    }

    private static int Room(LlamaModel model) => Math.Min(model.ContextLength, LongestPrompt);

    private IReadOnlyList<TrainingExample> Learned(LlamaModel model)
    {
        if (order.LearnedPath is not { } path)
        {
            return [];
        }

        using var reader = ChatRowReader.Open(path);
        return TrainingData.Read(reader, model, MaxLength).Examples;
    }

    private static LoraAdapter? Load(LlamaModel model, string? path) => path is null ? null : LoraAdapter.Load(model, path);

    private void Check()
    {
        GgufCheck.Check(order.ModelPath);
        foreach (var adapter in new[] { order.FormerAdapterPath, order.AdapterPath }.OfType<string>())
        {
            AdapterCheck.CheckFiles(adapter, order.ModelPath);
        }
    }

    private sealed record AskedPrompt(RetentionPrompt Prompt, int[] Former, int[] Draft);
}
