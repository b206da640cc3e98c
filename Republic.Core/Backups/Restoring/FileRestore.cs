using Republic.Core.Data;

namespace Republic.Core.Backups.Restoring;

/// <summary>Writes the files of a backup below a folder, which holds nothing yet.</summary>
internal static class FileRestore
{
    public static async Task RunAsync(BackupFileReader backup, DataFolder into, ProgressMeter meter, CancellationToken ct)
    {
        meter.Begin("Writing files", backup.Manifest.Files.Sum(file => file.Bytes));
        foreach (var file in backup.Manifest.Files)
        {
            var path = into.Path(file.Path.Split('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var stream = new FileStream(
                path,
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 0,
                useAsync: true
            );
            await backup.CopyFileAsync(file, stream, meter.Advance, ct);
            stream.Flush(flushToDisk: true);
        }
    }
}
