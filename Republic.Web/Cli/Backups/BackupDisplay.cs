using Republic.Core;
using Republic.Core.Backups;

namespace Republic.Web.Cli.Backups;

/// <summary>How far it is, as one line of a terminal that is written over.</summary>
/// <param name="width">Of the terminal, in letters; 0 where there is none, and nothing is shown.</param>
internal sealed class BackupDisplay(TextWriter output, int width) : IProgress<BackupProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private string shown = "";
    private long shownAt;

    public void Report(BackupProgress value)
    {
        var time = TimeProvider.System;
        if (width == 0 || (value.Doing == shown && time.GetElapsedTime(shownAt) < Pause))
        {
            return;
        }

        (shown, shownAt) = (value.Doing, time.GetTimestamp());
        var bytes =
            value.BytesTotal is { } total ? $", {ByteSize.Of(value.BytesDone)} of {ByteSize.Of(total)}"
            : value.BytesDone > 0 ? $", {ByteSize.Of(value.BytesDone)}"
            : "";
        var line = value.Doing + bytes;
        output.Write('\r' + (line.Length < width ? line.PadRight(width - 1) : line[..(width - 1)]));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (shown.Length > 0)
        {
            output.Write('\r' + new string(' ', width - 1) + '\r');
            shown = "";
        }
    }
}
