namespace Republic.Web.Pages.Charts;

/// <param name="Value">What is drawn; null where there is nothing to draw.</param>
/// <param name="Text">What is read.</param>
public sealed record ChartCell(double? Value, string Text);
