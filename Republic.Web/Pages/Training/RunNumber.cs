using Republic.Core;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>Numbers of a new run as people type them. What is none is answered with one that its field takes.</summary>
internal static class RunNumber
{
    private const int Shown = 20;

    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["maxTokens"] = "512",
        ["repeats"] = "3",
        ["traitIntensities"] = "5",
        ["rank"] = "16",
        ["epochs"] = "4",
        ["batch_size"] = "4",
        ["gradient_accumulation"] = "1",
        ["max_length"] = "512",
        ["early_stopping_patience"] = "5",
        ["seed"] = "1",
        ["alpha"] = "32",
        ["dropout"] = "0.05",
        ["learning_rate"] = "0.001",
        ["replay"] = "8",
    };

    public static int? Whole(string field, string? text, List<FieldError> unreadable)
    {
        List<FieldError> wrong = [];
        var number = TypedNumber.Whole(field, text, wrong);
        unreadable.AddRange(
            wrong.Select(error => Named(error, text!, "is not a whole number. Write digits, such as", ", or leave it empty."))
        );
        return number;
    }

    public static double? Number(string field, string? text, List<FieldError> unreadable)
    {
        List<FieldError> wrong = [];
        var number = TypedNumber.Number(field, text, wrong);
        unreadable.AddRange(wrong.Select(error => Named(error, text!, "is not a number. Write it like", ".")));
        return number;
    }

    private static FieldError Named(FieldError error, string text, string problem, string end) =>
        Examples.TryGetValue(error.Field, out var example)
            ? error with
            {
                Message = $"“{Short(text.Trim())}” {problem} {example}{end}",
            }
            : error;

    private static string Short(string text) => text.Length > Shown ? text[..Shown] + "…" : text;
}
