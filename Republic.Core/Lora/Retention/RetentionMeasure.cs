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

    /// <summary>The time of writing an answer with an adapter, as a multiple of the time without one: measured on a small model.</summary>
    private const int WithAdapter = 2;

    /// <summary>The time of reading an answer token by token on both versions, as a multiple of writing one without an adapter.</summary>
    private const int Reading = 5;

    /// <summary>Called with the work that is done and the work in all, in answers that are written without an adapter.</summary>
    public Action<int, int> OnProgress { get; init; } = (_, _) => { };

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
        var prompts = Prompts(model);
        var parts = RetentionStop.Parts(prompts.Count);
        // Most questions are asked of most versions; after the first of them it is known better.
        var (done, all) = (0, Work(RetentionStop.Usual(prompts.Count), former is not null));
        var reporting = new Lock();
        void Did(int more)
        {
            lock (reporting)
            {
                OnProgress(done += more, all);
            }
        }

        Did(0);
        var (before, after) = (
            new AnswerDecoder(model, former, pool) { OnAnswered = more => Did(more * Writing(former is not null)) },
            new AnswerDecoder(model, draft, pool) { OnAnswered = more => Did(more * WithAdapter) }
        );
        var longest = prompts.Max(prompt => Math.Max(prompt.Former.Length, prompt.Draft.Length)) + AnswerDecoder.MostTokens;
        var health = new AnswerHealth(model, Learned(model));
        var manner = AnswerFrames.Of(Rows());
        var findings = new RetentionFindings([], []) { Manner = manner.Any ? new(manner.Usual.Opening, manner.Usual.Closing) : null };
        foreach (var part in parts)
        {
            findings = findings.With(Ask(prompts[part]));
            all = Work(RetentionStop.Expected(findings.Answers, part.End.Value, prompts.Count), former is not null);
            if (RetentionStop.IsClear(findings.Answers, part.End.Value, prompts.Count))
            {
                return findings with { OutOf = part.End.Value < prompts.Count ? prompts.Count : null };
            }
        }

        return findings;

        RetentionFindings Ask(IReadOnlyList<AskedPrompt> asked)
        {
            var answered = ReferenceAnswers.Of(before, [.. asked.Select(prompt => prompt.Former)], order.Seed, order.Temperature, ct);
            var samples = Samples(after, asked, ct);
            var measured = answered.Measurable();
            var answers = new RetainedAnswer[measured.Count];
            var readers = ComputeThreads.PartsOf(model);
            ParallelParts.Run(readers, pool.Allowed, reader => Read(answers, reader, readers));
            return new RetentionFindings(answers, [.. answered.Agreement.Skip(1).Select(run => measured.Sum(i => run[i]))]);

            void Read(RetainedAnswer[] read, int first, int step)
            {
                using var meter = new DivergenceMeter(model, former, draft, Math.Min(model.ContextLength, longest), pool);
                for (var n = first; n < measured.Count; n += step)
                {
                    var i = measured[n];
                    var tries = samples.Select(tokens => (Tokens: tokens[i], Text: after.Text(tokens[i]))).ToList();
                    var answer = Retained(asked[i], answered, i, tries, meter, health, ct);
                    read[n] = Undressed(answer, tries[0].Text, manner);
                    Did(Reading);
                }
            }
        }
    }

    /// <summary>The draft answers all prompts too: an answer is drawn by the number of its prompt, so equal versions draw equal answers.</summary>
    private IReadOnlyList<IReadOnlyList<int[]>> Samples(AnswerDecoder draft, IReadOnlyList<AskedPrompt> asked, CancellationToken ct) =>
        draft.Answer(
            [.. asked.Select(prompt => prompt.Draft)],
            AnswerDecoder.MostTokens,
            [SamplingParameters.Greedy, .. AnswerSamples.Of(order.Seed, run: 0, order.Temperature)],
            ct
        );

    /// <param name="tries">The new version's answers, the greedy one first.</param>
    private static RetainedAnswer Retained(
        AskedPrompt prompt,
        ReferenceAnswers answered,
        int number,
        IReadOnlyList<(int[] Tokens, string Text)> tries,
        DivergenceMeter meter,
        AnswerHealth health,
        CancellationToken ct
    )
    {
        var set = answered.Sets[number];
        var shifts = meter.Measure(prompt.Former, prompt.Draft, answered.Greedy[number], ct);
        var degenerate = ProblemOf(tries[0], set.Says(tries[0].Text));
        var answer = new RetainedAnswer(prompt.Prompt.Kind, prompt.Prompt.Question, set.Greedy, tries[0].Text)
        {
            AgreementBefore = answered.Agreement[0][number],
            Agreement = degenerate is null ? AnswerSamples.Agreement(set, [.. tries.Select(one => one.Text)]) : 0,
            LossRise = shifts.Select(shift => shift.After - shift.Before).DefaultIfEmpty(0).Average(),
            Divergence = shifts.Select(shift => shift.Divergence).DefaultIfEmpty(0).Average(),
            Degenerate = degenerate,
            FormerWordings = [.. answered.Others.Select(run => run[number])],
        };
        var others = tries.Where(one => !set.Says(one.Text)).ToList();
        if (degenerate is not null || others.Count == 0)
        {
            return answer;
        }

        var broken = others.Where(one => one.Tokens.Length == 0 || ProblemOf(one, saysTheSame: false) is not null).ToList();
        return answer.IsLost
            ? answer with
            {
                // The greedy answer may be the one that still says the same, and a broken one tells more than another.
                After = broken.Concat(others).First().Text,
                Broken = broken.Count,
                OtherWordings = broken.Count > 0 ? [] : Wordings(others),
            }
            : answer with
            {
                OtherWordings = Wordings(others.Except(broken)),
            };

        string? ProblemOf((int[] Tokens, string Text) one, bool saysTheSame) =>
            health.Problem(one.Tokens, meter.Surprise(prompt.Former, one.Tokens, ct), saysTheSame);
    }

    private static IReadOnlyList<OtherWording> Wordings(IEnumerable<(int[] Tokens, string Text)> samples) =>
        [.. samples.Select(one => new OtherWording(one.Text, one.Text))];

    /// <summary>Notes which of the greedy answers have the manner, and takes it off all that is compared by meaning.</summary>
    private static RetainedAnswer Undressed(RetainedAnswer answer, string greedyAfter, AnswerFrames manner) =>
        answer with
        {
            MannerBefore = manner.Shows(answer.Before),
            MannerAfter = manner.Shows(greedyAfter),
            Reference = manner.Undress(answer.Before),
            OtherWordings = [.. answer.OtherWordings.Select(other => other with { Content = manner.Undress(other.Text) })],
            FormerWordings = [.. answer.FormerWordings.Select(run => run.Select(manner.Undress).ToList())],
        };

    /// <summary>The work for so many prompts, in answers that are written without an adapter.</summary>
    /// <param name="hasFormer">The version before has an adapter, too.</param>
    public static int Work(int prompts, bool hasFormer) =>
        prompts * ((ReferenceAnswers.PerPrompt * Writing(hasFormer)) + (AnswerSamples.Count * WithAdapter) + Reading);

    private static int Writing(bool hasAdapter) => hasAdapter ? WithAdapter : 1;

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

    private IReadOnlyList<TrainingExample> Learned(LlamaModel model) =>
        order.LearnedPath is { } path ? TrainingData.Read(path, model, MaxLength).Examples : [];

    private IReadOnlyList<ChatRow> Rows() => order.LearnedPath is { } path ? ChatRowReader.Read(path, []) : [];

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
