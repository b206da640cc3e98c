using System.Globalization;
using System.Numerics;
using Republic.Core;

namespace Republic.Web.Pages.Shared;

/// <summary>Numbers as people type them. What is not one is said beside its field, and nothing at all is null.</summary>
internal static class TypedNumber
{
    public static int? Whole(string field, string? text, List<FieldError> unreadable) => Whole<int>(field, text, unreadable);

    public static T? Whole<T>(string field, string? text, List<FieldError> unreadable)
        where T : struct, IBinaryInteger<T>
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var plain = text.Trim().Replace(",", "").Replace(" ", "");
        if (T.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        unreadable.Add(
            new FieldError(
                field,
                plain.All(char.IsAsciiDigit)
                    ? $"“{Short(text)}” is too large."
                    : $"“{Short(text)}” is not a whole number. Write digits, such as 40, or leave it empty."
            )
        );
        return null;
    }

    public static double? Number(string field, string? text, List<FieldError> unreadable)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        unreadable.Add(new FieldError(field, $"“{Short(text)}” is not a number. Write it like 0.7."));
        return null;
    }

    private static string Short(string text) => text.Trim() is { Length: > 20 } long_ ? long_[..20] + "…" : text.Trim();
}
