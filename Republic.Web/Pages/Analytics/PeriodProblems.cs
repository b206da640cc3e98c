using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Republic.Core;

namespace Republic.Web.Pages.Analytics;

/// <summary>A choice of days that cannot be shown: it stays in the form, and what is wrong with it stands at its field.</summary>
internal static class PeriodProblems
{
    private static readonly string[] Dates = [nameof(IndexModel.From), nameof(IndexModel.To)];

    /// <summary>Puts what could not be read, and what was refused, at the fields in words of this page.</summary>
    public static void Refuse(this ModelStateDictionary state, Failure? failure)
    {
        foreach (var (field, entry) in state.Where(bound => bound.Value is { Errors.Count: > 0 }))
        {
            entry!.Errors.Clear();
            entry.Errors.Add(
                Dates.Contains(field, StringComparer.OrdinalIgnoreCase)
                    ? $"“{entry.AttemptedValue}” is not a date. Choose one."
                    : $"“{entry.AttemptedValue}” cannot be chosen here."
            );
        }

        foreach (var problem in failure?.Fields ?? [])
        {
            state.AddModelError(problem.Field, problem.Message);
        }
    }

    /// <summary>The days that are shown instead, after what is wrong with choices that have no field in the form; null where nothing is.</summary>
    public static string? Notice(this ModelStateDictionary state) =>
        state.IsValid
            ? null
            : string.Join(
                ' ',
                state
                    .Where(bound => !Dates.Contains(bound.Key, StringComparer.OrdinalIgnoreCase))
                    .SelectMany(bound => bound.Value!.Errors.Select(error => error.ErrorMessage))
                    .Append("These are the last 30 days.")
            );

    /// <summary>A date as it was typed where the choice was refused, else the day that is shown.</summary>
    public static string Typed(this ModelStateDictionary state, string field, DateOnly shown) =>
        !state.IsValid && state.TryGetValue(field, out var entry) && entry.AttemptedValue is { Length: > 0 } typed
            ? typed
            : shown.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
