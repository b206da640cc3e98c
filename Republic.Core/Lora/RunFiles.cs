using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;

namespace Republic.Core.Lora;

/// <summary>The files of a run: looked at before any work is done, and held so that no other run writes the same ones.</summary>
internal sealed class RunFiles : IDisposable
{
    private readonly FileStream held;

    private RunFiles(FileStream held) => this.held = held;

    /// <exception cref="LoraException">Something is missing or in the way; the message says what, and what to do.</exception>
    public static RunFiles Hold(LoraRun run)
    {
        RequireRead(run);
        RequirePlace(run.AdapterPath);
        var files = new RunFiles(Lock(run.AdapterPath));
        try
        {
            RefuseInTheWay(run);
        }
        catch
        {
            files.Dispose();
            throw;
        }

        return files;
    }

    public void Dispose() => held.Dispose();

    private static void RequireRead(LoraRun run)
    {
        string[] written =
        [
            run.AdapterPath,
            run.CandidatePath,
            run.CandidatePath + AtomicFile.Unfinished,
            run.CheckpointPath,
            run.CheckpointPath + AtomicFile.Unfinished,
            LockPath(run.AdapterPath),
        ];
        foreach (var path in new[] { run.ModelPath, run.DataPath, run.HeldOutPath, run.InitialAdapterPath }.OfType<string>())
        {
            if (!File.Exists(path))
            {
                throw new LoraException($"There is no file {path}.");
            }

            if (Array.Find(written, other => Target(other) == Target(path)) is { } taken)
            {
                throw new LoraException(
                    $"The run would write {taken}, which would take the place of {path}. Give the adapter another name."
                );
            }
        }
    }

    private static void RequirePlace(string adapter)
    {
        if (Directory.Exists(adapter) || Path.GetFileName(adapter).Length == 0)
        {
            throw new LoraException($"{adapter} is a folder. Name the file that the adapter is to be.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(adapter))!;
        if (!Directory.Exists(folder))
        {
            throw new LoraException($"There is no folder {folder} for the adapter. Make it first.");
        }
    }

    /// <summary>The system lets the lock go whatever becomes of the process, and a file that is left over is taken again.</summary>
    private static FileStream Lock(string adapter)
    {
        var path = LockPath(adapter);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new LoraException($"Another run is writing {adapter}. Wait for it, or give this one another name.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoraException($"Nothing can be written beside {adapter}: {e.Message} Choose another folder.", e);
        }
    }

    private static void RefuseInTheWay(LoraRun run)
    {
        if (File.Exists(run.CheckpointPath))
        {
            // Who began that run was asked about the adapter then.
            if (run.Resume)
            {
                return;
            }

            throw new LoraException(
                $"{run.CheckpointPath} holds a run that was not finished. Go on with it (--resume), or delete the file to start anew."
            );
        }

        if (File.Exists(run.AdapterPath) && !(run.Overwrite && IsAdapter(run.AdapterPath)))
        {
            throw new LoraException(
                run.Overwrite
                    ? $"{run.AdapterPath} is no adapter, and only an adapter is replaced. Give another name, or delete the file."
                    : $"{run.AdapterPath} exists. Give another name, or replace it (--force)."
            );
        }
    }

    /// <summary>What has no length is not opened: a pipe would wait for ever.</summary>
    private static bool IsAdapter(string path)
    {
        try
        {
            return new FileInfo(path).Length > 0 && AdapterFile.Read(path) is not null;
        }
        catch (GgufException)
        {
            return false;
        }
    }

    private static string LockPath(string adapter) => adapter + ".lock";

    private static string Target(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null)?.FullName ?? Path.GetFullPath(path);
}
