using System.Text.Json;
using Republic.Bench.Rows;
using Republic.Core.Llama.Native;
using Republic.Core.Lora;
using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Retention;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Exams;

namespace Republic.Bench.Truth;

/// <summary>What two versions of a minion are really worth, told by rows and questions that the gate never sees.</summary>
/// <param name="most">How many of each set of the exam are asked.</param>
internal sealed class Measurement(string model, string questions, int most = int.MaxValue)
{
    private const int MaxLength = 512;
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private readonly Exam exam = new(Corpus.Shared, questions);
    private readonly Dictionary<string, int> exams = new(StringComparer.Ordinal);

    public TrueWorth Of(Version before, Version after, RowSet rows, int seed)
    {
        return new TrueWorth(
            rows.Fresh.Count > 0 ? FreshLoss.Of(rows.Fresh, Losses(rows.Fresh, before), Losses(rows.Fresh, after), seed) : null,
            ExamOf(before.Adapter),
            ExamOf(after.Adapter),
            rows.Style is { } style ? StyleShown(style, after) : null,
            rows.Style is { } shown ? rows.Dataset.Average(row => shown.Shows(row.Completion) ? 1.0 : 0.0) : null
        );
    }

    /// <summary>Counts the right answers to the exam's 500 questions: paraphrases, newcomers' questions and those to be declined.</summary>
    public int ExamOf(string? adapter)
    {
        var key = adapter ?? "";
        if (!exams.TryGetValue(key, out var right))
        {
            List<ExamQuestion> asked = [.. exam.Paraphrases().Take(most), .. exam.Newcomers().Take(most), .. exam.Unknown().Take(most)];
            var answers = Answers(adapter, [.. asked.Select(question => question.Turns)]);
            exams[key] = right = asked.Zip(answers).Count(pair => pair.First.IsRight(pair.Second));
        }

        return right;
    }

    /// <summary>The share of other questions that are answered in the style.</summary>
    private double StyleShown(Style style, Version version) =>
        Answers(
                version.Adapter,
                [.. exam.Content().Select(question => new[] { new Turn(Turn.System, version.SystemPrompt), question.Turns[^1] })]
            )
            .Average(answer => style.Shows(answer) ? 1.0 : 0.0);

    private List<string> Answers(string? adapter, IReadOnlyList<IReadOnlyList<Turn>> asked)
    {
        using var loaded = LlamaModel.Load(model);
        using var threads = new ComputeThreads(1);
        using var lora = adapter is null ? null : LoraAdapter.Load(loaded, adapter);
        var decoder = new AnswerDecoder(loaded, lora, threads);
        var prompts = asked.Select(turns => ChatTemplate.Tokens(loaded, [.. turns.Select(turn => new ChatLine(turn.Role, turn.Text))]));
        return [.. decoder.Answer([.. prompts], AnswerDecoder.MostTokens, CancellationToken.None).Select(decoder.Text)];
    }

    private List<double> Losses(IReadOnlyList<Row> rows, Version version)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, rows.Select(row => Json(row, version.SystemPrompt)));
            var losses = new List<double>();
            new RowLosses(model, [new LossFile(path, version.Adapter)], MaxLength).Measure(
                row => losses.Add(row.Loss ?? throw new InvalidOperationException($"Line {row.Line} has no loss.")),
                1,
                new RunThreads(),
                CancellationToken.None
            );
            return losses;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Json(Row row, string systemPrompt)
    {
        object[] messages =
        [
            new { role = Turn.System, content = systemPrompt },
            new { role = Turn.User, content = row.Prompt },
            new { role = Turn.Assistant, content = row.Completion },
        ];
        return JsonSerializer.Serialize(new { messages }, Plain);
    }
}
