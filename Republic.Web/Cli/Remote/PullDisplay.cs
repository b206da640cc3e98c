namespace Republic.Web.Cli.Remote;

/// <summary>
/// A download as it shows in a terminal: one line that is written over, with a bar. Elsewhere each stage is a line of its own, and each
/// tenth of the download.
/// </summary>
/// <param name="width">Of the terminal, in letters; 0 where there is none.</param>
internal sealed class PullDisplay(TextWriter output, int width)
{
    private const int BarLength = 20;

    private bool isOverwriting;
    private (string? Status, int Tenths, bool Waits) told;

    public void Show(RemoteModel model)
    {
        if (width > 0)
        {
            Overwrite(model);
            return;
        }

        var now = (model.Status, (model.Percent ?? 0) / 10, model.WaitsFor is not null);
        if (told == now)
        {
            return;
        }

        told = now;
        output.WriteLine(model.Progress);
    }

    /// <summary>Writes a line that stays.</summary>
    public void Line(string text)
    {
        Clear();
        output.WriteLine(text);
    }

    /// <summary>Takes the line away that is written over.</summary>
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
