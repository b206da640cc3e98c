using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;

namespace Republic.Tests.Unit.Lora.Loop;

public sealed class CheckpointTests : IDisposable
{
    private static readonly RunIdentity Identity = new(
        "base",
        "data",
        new LoraSettings
        {
            Rank = 16,
            LearningRate = 0.001,
            Epochs = 3,
        }
    );
    private static readonly TrainingState State = new()
    {
        Step = 7,
        Tokens = 1L << 40,
        RowsAtOnce = 2,
        MaxLength = 64,
        LossBefore = 2.5,
        BestLoss = 1.0 / 3,
        BestStep = 5,
        Setbacks = 1,
    };
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    private string FilePath => Path.Combine(folder.FullName, "a.checkpoint");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_checkpoint_comes_back_to_the_last_bit(bool hasBest)
    {
        var written = Made(hasBest);

        CheckpointFile.Write(FilePath, written);
        var read = CheckpointFile.Read(FilePath);

        Assert.Equal(State, read.State);
        Identity.RefuseAnother(read.Identity);
        Assert.Equal(written.Values, read.Values);
        Assert.Equal(written.FirstMoments, read.FirstMoments);
        Assert.Equal(written.SecondMoments, read.SecondMoments);
        Assert.Equal(written.Best, read.Best);
        Assert.Equal(written.Losses, read.Losses);
        Assert.Equal(float.Epsilon, read.Values[0][1]);
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_wherever_the_damage_is()
    {
        CheckpointFile.Write(FilePath, Made(hasBest: true));
        var whole = File.ReadAllBytes(FilePath);
        var random = new SeededRandom(1);
        for (var i = 0; i < 200; i++)
        {
            var bytes = whole.ToArray();
            if (i % 2 == 0)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }
            else
            {
                bytes = bytes[..random.Next(bytes.Length)];
            }

            File.WriteAllBytes(FilePath, bytes);
            Assert.Contains("is damaged. Delete it", Assert.Throws<LoraException>(() => CheckpointFile.Read(FilePath)).Message);
        }
    }

    [Fact]
    public void A_full_disk_leaves_the_last_checkpoint()
    {
        CheckpointFile.Write(FilePath, Made(hasBest: true));
        var before = File.ReadAllBytes(FilePath);

        Assert.Throws<IOException>(() =>
            Republic.Core.AtomicFile.Write(
                FilePath,
                stream =>
                {
                    CheckpointFile.WriteTo(stream, Made(hasBest: true) with { State = State with { Step = 8 } });
                    throw new IOException("No space left on device");
                }
            )
        );

        Assert.Equal(before, File.ReadAllBytes(FilePath));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_with_the_difference()
    {
        string Refusal(RunIdentity other) => Assert.Throws<LoraException>(() => Identity.RefuseAnother(other)).Message;

        Assert.Contains("another base model", Refusal(Identity with { BaseSha256 = "x" }), StringComparison.Ordinal);
        Assert.Contains("other data", Refusal(Identity with { DataSha256 = "x" }), StringComparison.Ordinal);
        Assert.Contains(
            "other settings: rank 8 and not 16, learning_rate 0.1 and not 0.001. Give back what it was made with",
            Refusal(Identity with { Settings = Identity.Settings with { Rank = 8, LearningRate = 0.1 } }),
            StringComparison.Ordinal
        );
    }

    private static Checkpoint Made(bool hasBest) =>
        new(
            Identity,
            State,
            [
                [1, float.Epsilon, -0f],
                [4],
            ],
            [
                [0.1f, 0.2f, 0.3f],
                [0.4f],
            ],
            [
                [1e-30f, 2, 3],
                [4],
            ],
            hasBest
                ?
                [
                    [7, 8, 9],
                    [10],
                ]
                : null,
            [new RecordedLoss(0, 2.5, null, null), new RecordedLoss(1, 2.25, 64, 1e-4)]
        );
}
