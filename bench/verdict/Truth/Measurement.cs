using System.Text.Json;
using Republic.Bench.Rows;
using Republic.Core.Lora;
using Republic.Core.Sprout;

namespace Republic.Bench.Truth;

/// <summary>What two versions of a minion are really worth, told by rows and questions that the gate never sees.</summary>
internal sealed class Measurement(string model, string questions)
{
    private const int MaxLength = 512;
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private readonly Exam exam = new(Corpus.Shared, questions);
    private (string? Adapter, int Right) lastExam = ("", 0);

    public TrueWorth Of(Version before, Version after, RowSet rows, int seed)
    {
        var (was, now) = (Losses(rows.Fresh, before), Losses(rows.Fresh, after));
        return new TrueWorth(
            FreshLoss.Of(rows.Fresh, was, now, seed),
            ExamOf(before.Adapter),
            ExamOf(after.Adapter),
            rows.Style is { } style ? StyleShown(style, after) : null
        );
    }

    /// <summary>How many of the exam's questions on content are answered rightly.</summary>
    public int ExamOf(string? adapter)
    {
        if (lastExam.Adapter != adapter)
        {
            using var asking = new Asking(model, adapter, workers: 1);
            var asked = exam.Paraphrases().Concat(exam.Newcomers());
            lastExam = (adapter, asked.Count(question => question.IsRight(asking.Answer(question.Turns))));
        }

        return lastExam.Right;
    }

    /// <summary>The share of other questions that are answered in the style.</summary>
    private double StyleShown(Style style, Version version)
    {
        using var asking = new Asking(model, version.Adapter, workers: 1);
        return exam.Content()
            .Select(question => asking.Answer([new(Turn.System, version.SystemPrompt), question.Turns[^1]]))
            .Average(answer => style.Shows(answer) ? 1.0 : 0.0);
    }

    private List<double> Losses(IReadOnlyList<Row> rows, Version version)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, rows.Select(row => Json(row, version.SystemPrompt)));
            var losses = new List<double>();
            new RowLosses(model, path, version.Adapter, MaxLength).Measure(
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
