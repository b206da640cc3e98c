using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Llama.Files;

namespace Republic.Core.Inference.Supervision;

/// <summary>Finds out over which file a child crashed, and keeps it from being loaded again.</summary>
internal sealed class CrashedModels(DataFolder data, TimeProvider time, ILogger log)
{
    private static readonly string BuiltIn = Path.Combine(AppContext.BaseDirectory, "models");
    private readonly string name = ModelHostFolder.NewName(".activity");

    /// <summary>How often computations with a file came back, in all children so far.</summary>
    private readonly Dictionary<ModelFile, long> proven = [];

    private ModelQuarantine List => field ??= new ModelQuarantine(QuarantinePath);

    /// <summary>Ends when the digests of all stand on the list, which are computed one after another.</summary>
    public Task Digested { get; private set; } = Task.CompletedTask;

    public string ActivityPath => Path.Combine(data.Folder("model-host"), name);

    public string QuarantinePath => Path.Combine(data.Folder("model-host"), ModelQuarantine.FileName);

    /// <summary>
    /// Of the files that were being computed with, the one that has proven itself least is not loaded again after a crash; those that
    /// come with the program are never it.
    /// </summary>
    /// <returns>That file, however the child ended; null where there is none, or it could not be found out.</returns>
    public ModelFile? RecordExit(ModelHostEndKind kind)
    {
        try
        {
            var board = ActivityBoard.Read(ActivityPath);
            // Or a child that ends before it makes one of its own would have this one counted again.
            File.Delete(ActivityPath);
            foreach (var (file, _, done) in board)
            {
                if (file is not null)
                {
                    proven[file] = proven.GetValueOrDefault(file) + done;
                }
            }

            // Memory can run out over any file.
            var isSure = kind == ModelHostEndKind.Crashed;
            var active = board.Where(entry => entry.Active > 0).Select(entry => entry.File).ToList();
            if (active.Contains(null))
            {
                log.LogWarning("The model host ended while more files were computed with than it can name, so none of them is suspected");
                return null;
            }

            var suspect = active
                .OfType<ModelFile>()
                .Where(file => !(isSure && Path.GetDirectoryName(file.Path) == BuiltIn))
                .MinBy(file => proven[file]);
            if (isSure && suspect is not null)
            {
                Quarantine(suspect);
            }

            return suspect;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(e, "It could not be found out over which file the model host crashed");
            return null;
        }
    }

    private void Quarantine(ModelFile file)
    {
        List.Add(file, time.GetUtcNow());
        log.LogError(
            "The model host crashed over {File}, which is not loaded any more. Replace it, or remove it from {List}",
            file.Path,
            QuarantinePath
        );
        Digested = DigestAsync(Digested, file);
    }

    private async Task DigestAsync(Task before, ModelFile file)
    {
        await before;
        try
        {
            await Task.Run(() => List.Digest(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(e, "The digest of {File} could not be computed", file.Path);
        }
    }
}
