using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Republic.Core.Data;

/// <summary>
/// What could not be written when the app ended, since the database was away: a file in the data folder until the next start. Its name
/// is the batch's id. Whoever takes it in must bear to be given it twice: the process may die before the file is removed.
/// </summary>
internal sealed class Leftovers<T>(DataFolder data, string kind, ILogger log)
{
    private const string Folder = "unwritten";

    public void Leave(IReadOnlyCollection<T> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var path = Path.Combine(data.Folder(Folder), $"{kind}-{Guid.CreateVersion7()}.json");
        try
        {
            var unfinished = path + ".part";
            using (var file = new FileStream(unfinished, FileMode.CreateNew))
            {
                JsonSerializer.Serialize(file, batch);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path);
            log.LogWarning("The database is away. {Count} {Kind} wait in {Path} for the next start.", batch.Count, kind, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError(
                "{Count} {Kind} are lost: the database is away, and {Path} cannot be written: {Reason}",
                batch.Count,
                kind,
                path,
                e.Message
            );
        }
    }

    public async Task TakeInAsync(Func<Guid, List<T>, CancellationToken, Task> write, CancellationToken ct)
    {
        foreach (var path in Directory.GetFiles(data.Folder(Folder), $"{kind}-*.json"))
        {
            try
            {
                var batch = JsonSerializer.Deserialize<List<T>>(await File.ReadAllBytesAsync(path, ct))!;
                await write(Guid.Parse(Path.GetFileNameWithoutExtension(path)[(kind.Length + 1)..]), batch, ct);
                File.Delete(path);
                log.LogInformation("{Count} {Kind} of the last run are written.", batch.Count, kind);
            }
            catch (FileNotFoundException)
            {
                // Another node on this folder took it in.
            }
            catch (Exception e) when (e is JsonException or FormatException)
            {
                log.LogError("{Path} cannot be read, and is left as it is: {Reason}", path, e.Message);
            }
        }
    }
}
