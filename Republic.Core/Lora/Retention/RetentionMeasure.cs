using System.Text.Json;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Retention;

/// <summary>
/// Holds a new version against the one before on a set of prompts: the former version's answers are the references; the new one
/// answers freely, and its probabilities for the references are read token by token.
/// </summary>
internal sealed class RetentionMeasure(RetentionOrder order)
{
    private const int MaxLength = 1024;
    private const int LongestPrompt = 4096;

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
        var prompts = Prompts(model);
        var answered = ReferenceAnswers.Of(before, [.. prompts.Select(prompt => prompt.Former)], order.Seed, order.Temperature, ct);
        // The draft answers all prompts too: an answer is drawn by the number of its prompt, so equal versions draw equal answers.
        var samples = after.Answer(
            [.. prompts.Select(prompt => prompt.Draft)],
            AnswerDecoder.MostTokens,
            [SamplingParameters.Greedy, .. AnswerSamples.Of(order.Seed, run: 0, order.Temperature)],
            ct
        );
        var measured = answered.Measurable();
        var longest = measured.Max(i => Math.Max(prompts[i].Former.Length, prompts[i].Draft.Length)) + AnswerDecoder.MostTokens;
        using var meter = new DivergenceMeter(model, former, draft, Math.Min(model.ContextLength, longest), pool);
        var health = new AnswerHealth(model, Learned(model));
        var answers = new List<RetainedAnswer>();
        foreach (var i in measured)
        {
            var (prompt, set, free) = (prompts[i], answered.Sets[i], samples[0][i]);
            var shifts = meter.Measure(prompt.Former, prompt.Draft, answered.Greedy[i], ct);
            var said = samples.Select(answer => after.Text(answer[i])).ToList();
            var degenerate = health.Problem(free, meter.Surprise(prompt.Former, free, ct), set.Says(said[0]));
            var answer = new RetainedAnswer(prompt.Prompt.Kind, prompt.Prompt.Question, set.Greedy, said[0])
            {
                AgreementBefore = answered.Agreement[0][i],
                Agreement = degenerate is null ? AnswerSamples.Agreement(set, said) : 0,
                LossRise = shifts.Select(shift => shift.After - shift.Before).DefaultIfEmpty(0).Average(),
                Divergence = shifts.Select(shift => shift.Divergence).DefaultIfEmpty(0).Average(),
                Degenerate = degenerate,
            };
            if (answer is { IsLost: true, Degenerate: null })
            {
                var others = Enumerable.Range(0, said.Count).Where(draw => !set.Says(said[draw])).ToList();
                var broken = others.Where(draw => IsBroken(samples[draw][i])).ToList();
                answer = answer with
                {
                    // The greedy answer may be the one that still says the same, and a broken one tells more than another.
                    After = said[broken.Concat(others).First()],
                    Broken = broken.Count,
                };
            }

            answers.Add(answer);

            bool IsBroken(int[] other) =>
                other.Length == 0 || health.Problem(other, meter.Surprise(prompt.Former, other, ct), saysTheSame: false) is not null;
        }

        return new RetentionFindings(answers, [.. answered.Agreement.Skip(1).Select(run => measured.Sum(i => run[i]))]);
    }

    private List<AskedPrompt> Prompts(LlamaModel model)
    {
        var prompts = File.ReadLines(order.PromptsPath)
            .Select(line => JsonSerializer.Deserialize<RetentionPrompt>(line, SnakeCaseJson.Options)!)
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
