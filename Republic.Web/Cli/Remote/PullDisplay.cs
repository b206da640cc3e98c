namespace Republic.Web.Cli.Remote;

/// <summary>
/// Shows the progress of a download: in a terminal as one line with a bar that is overwritten, elsewhere as one line for each stage and
/// for each tenth of the download.
/// </summary>
/// <param name="width">The width of the terminal in characters; 0 where the output is no terminal.</param>
internal sealed class PullDisplay(TextWriter output, int width)
{
    private const int BarLength = 20;

    private bool isOverwriting;
    private (string? Status, int Tenths, bool Waits) shown;

    public void Show(RemoteModel model)
    {
        if (width > 0)
        {
            Overwrite(model);
            return;
        }

        var now = (model.Status, (model.Percent ?? 0) / 10, model.WaitsFor is not null);
        if (shown == now)
        {
            return;
        }

        shown = now;
        output.WriteLine(model.Progress);
    }

    /// <summary>Writes a line that stays.</summary>
    public void Line(string text)
    {
        Clear();
        output.WriteLine(text);
    }

    /// <summary>Erases the line that is being overwritten.</summary>
    public void Clear()
    {
        if (isOverwriting)
        {
            output.Write('\r' + new string(' ', width - 1) + '\r');
            isOverwriting = false;
        }
    }

    private void Overwrite(RemoteModel model)
    {
        var done = BarLength * (model.Percent ?? 0) / 100;
        var line = $"[{new string('#', done)}{new string('.', BarLength - done)}] {model.Progress}";
        output.Write('\r' + (line.Length < width ? line.PadRight(width - 1) : line[..(width - 1)]));
        output.Flush();
        isOverwriting = true;
    }
}
