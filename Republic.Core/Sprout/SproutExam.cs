using System.Globalization;
using Republic.Core.ModelHost.Gguf;

namespace Republic.Core.Sprout;

/// <summary>Asks a model all sets of the exam and writes a table, and every wrong answer.</summary>
public static class SproutExam
{
    public static void Run(string model, string? adapter, string folder, Action<string> write, CancellationToken ct)
    {
        if (adapter is not null)
        {
            AdapterCheck.CheckFiles(adapter, model);
        }

        var exam = new Exam(Corpus.Shared, folder);
        using var asking = new Asking(model, adapter, workers: 1);
        List<string> table = ["| set | right | of | share |", "| --- | --- | --- | --- |"];
        foreach (
            var (name, set) in new[]
            {
                ("word for word", exam.Canon()),
                ("paraphrases", exam.Paraphrases()),
                ("newcomers", exam.Newcomers()),
                ("newcomers, not in the corpus", exam.NewToIt()),
                ("out of scope", exam.Unknown()),
                ("invented names", exam.Names()),
                ("style questions: content", exam.Content()),
                ("style questions: style", adapter is null ? [] : exam.Style()),
            }
        )
        {
            var (right, all) = (0, 0);
            foreach (var question in set)
            {
                ct.ThrowIfCancellationRequested();
                var answer = asking.Answer(question.Turns);
                all++;
                if (question.IsRight(answer))
                {
                    right++;
                }
                else
                {
                    write($"{question.Kind}: {question.Turns[^1].Text} -> {answer}");
                }
            }

            if (all == 0)
            {
                continue;
            }

            table.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} | {right} | {all} | {100.0 * right / all:0.0} % |"));
        }

        write("");
        table.ForEach(write);
    }
}
