using Republic.Sprout.Dialogues;
using Republic.Sprout.Making;

namespace Republic.Tests.World;

/// <summary>The built-in model trained further by two steps, and the checkpoint of the same run where it was stopped.</summary>
public sealed class MadeSprouts : IDisposable
{
    public const long Seed = 2;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public MadeSprouts()
    {
        Make(folder.FullName, "straight", Seed, stop: false);
        Assert.Throws<OperationCanceledException>(() => Make(folder.FullName, "stopped", Seed, stop: true));
    }

    public string Straight => Path.Combine(folder.FullName, "straight.gguf");

    public string Checkpoint => Path.Combine(folder.FullName, "stopped.checkpoint");

    /// <summary>Goes on from the checkpoint of its name, where there is one.</summary>
    public static void Make(string folder, string name, long seed, bool stop)
    {
        var checkpoint = Path.Combine(folder, name + ".checkpoint");
        var maker = new SproutMaker(Corpus.Shared, SproutPlan.Further(steps: 2, seed), checkpoint, workers: 1)
        {
            From = GgufMutations.SproutPath,
        };
        // A run that is stopped makes the step at hand.
        maker.Run(Path.Combine(folder, name + ".gguf"), new Progress<SproutProgress>(), new CancellationToken(stop));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
