namespace Republic.Core.Lora.Loop;

/// <summary>Saves checkpoints, throttled so that they do not slow training.</summary>
internal sealed class CheckpointSaver(LoraRun run, RunIdentity identity, TimeProvider time)
{
    private const int ShareOfTime = 20;
    private long last = time.GetTimestamp();
    private TimeSpan took;
    private int saved;

    /// <summary>Puts the loop where the checkpoint was, if there is one.</summary>
    /// <exception cref="LoraException">The checkpoint is of another run, or damaged.</exception>
    public bool TryRestore(TrainingLoop loop)
    {
        if (!File.Exists(run.CheckpointPath))
        {
            return false;
        }

        var checkpoint = CheckpointFile.Read(run.CheckpointPath);
        identity.RefuseAnother(checkpoint.Identity);
        loop.Restore(checkpoint);
        saved = checkpoint.State.Step;
        return true;
    }

    public void SaveIfDue(TrainingLoop loop)
    {
        var since = time.GetElapsedTime(last);
        if (since >= run.CheckpointEvery && (run.CheckpointEvery == TimeSpan.Zero || since >= took * ShareOfTime))
        {
            Save(loop);
        }
    }

    /// <exception cref="LoraException">The file cannot be written; the last checkpoint is still there.</exception>
    public void Save(TrainingLoop loop)
    {
        var start = time.GetTimestamp();
        try
        {
            CheckpointFile.Write(run.CheckpointPath, loop.Snapshot(identity));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoraException(
                $"The checkpoint could not be written: {e.Message} "
                    + (saved > 0 ? $"The one of step {saved} is kept. " : "")
                    + "Make room on the disk or choose another folder, then resume.",
                e
            );
        }

        saved = loop.State.Step;
        last = time.GetTimestamp();
        took = time.GetElapsedTime(start, last);
    }
}
