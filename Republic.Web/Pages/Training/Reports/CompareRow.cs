namespace Republic.Web.Pages.Training.Reports;

/// <param name="Values">One per run.</param>
public sealed record CompareRow(string Label, IReadOnlyList<string> Values);
