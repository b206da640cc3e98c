using System.Text;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

public sealed class GgufMergeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-merge-");
    private readonly string model;
    private readonly GgufFile whole;

    public GgufMergeTests()
    {
        model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        whole = GgufReader.Read(model);
    }

    private string Merged => Path.Combine(folder.FullName, "merged.gguf");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(32, 7)]
    [InlineData(32, 0)]
    [InlineData(64, 1)]
    public void Parts_become_one_model_with_the_same_header_and_tensors(int alignment, int first)
    {
        var parts = GgufParts.Write(model, [first, 5, whole.Tensors.Count - first - 5], alignment);

        Merge(parts);

        var merged = GgufReader.Read(Merged);
        Assert.Equal(whole.Tensors.Select(tensor => tensor.Name), merged.Tensors.Select(tensor => tensor.Name));
        foreach (var (before, after) in whole.Tensors.Zip(merged.Tensors))
        {
            Assert.Equal(before.Type, after.Type);
            Assert.Equal(before.Shape, after.Shape);
            Assert.Equal(GgufParts.BytesOf(model, whole, before), GgufParts.BytesOf(Merged, merged, after));
        }

        Assert.Equal(alignment, merged.Alignment);
        if (alignment == 32)
        {
            Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(Merged));
        }
    }

    [Fact]
    public void A_merged_model_loads()
    {
        Merge(GgufParts.Write(model, [4, whole.Tensors.Count - 4]));

        using var loaded = LlamaModel.Load(Merged);
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_refused()
    {
        var parts = GgufParts.Write(model, [4, 4, whole.Tensors.Count - 8]);
        var other = Directory.CreateDirectory(Path.Combine(folder.FullName, "other")).FullName;
        var more = TinyModels.Write(other, TinyModelShape.Llama with { Layers = 3 });
        var others = GgufParts.Write(more, [4, 4, GgufReader.Read(more).Tensors.Count - 8]);

        Refused([parts[0], parts[1]], "says that the model has 3 parts, and there are 2.");
        Refused([parts[0], parts[2], parts[1]], "Part 2 says that it is part 3.");
        Refused([model, parts[1], parts[2]], "File 1 of 3 is no part of a split model.");
        Refused([parts[0], parts[1], others[2]], "The first part announces");
        File.Copy(GgufParts.Write(more, [2, 3, GgufReader.Read(more).Tensors.Count - 5])[1], parts[1], overwrite: true);
        Refused(parts, "Two parts hold the tensor");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void The_first_part_tells_by_itself_that_its_model_may_not_be_used(int tensors)
    {
        Set(model, "llama.block_count", 4000);
        var parts = GgufParts.Write(model, [tensors, whole.Tensors.Count - tensors]);

        var refusal = Assert.Throws<GgufException>(() => GgufMerge.CheckPart(parts[0], 1, 2));

        Assert.Contains("block_count is 4000", refusal.Message, StringComparison.Ordinal);
        GgufMerge.CheckPart(parts[1], 2, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(GgufReader.MostTensors + 1)]
    public void The_first_part_tells_by_itself_that_it_announces_a_number_of_tensors_that_cannot_be(int announced)
    {
        var parts = GgufParts.Write(model, [4, whole.Tensors.Count - 4]);
        Set(parts[0], "split.tensors.count", announced);

        var refusal = Assert.Throws<GgufException>(() => GgufMerge.CheckPart(parts[0], 1, 2));

        Assert.Contains($"The first part announces {announced} tensors and holds 4", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_part_is_read_once_there_are_more_tensors_than_the_first_announces()
    {
        var parts = GgufParts.Write(model, [4, 4, whole.Tensors.Count - 8]);
        Set(parts[0], "split.tensors.count", 6);
        File.WriteAllText(parts[2], "This is not even a model.");

        Refused(parts, "The first part announces 6 tensors, and the first 2 parts hold 8.");
    }

    [Fact]
    public void A_part_that_is_cut_off_is_refused()
    {
        var parts = GgufParts.Write(model, [4, whole.Tensors.Count - 4]);
        using (var last = new FileStream(parts[1], FileMode.Open))
        {
            last.SetLength(last.Length - 100);
        }

        Refused(parts, "it is cut off");
    }

    [Fact]
    public void Parts_that_make_no_model_leave_nothing_behind()
    {
        var writer = new GgufWriter();
        writer.Set("general.architecture", "llama");
        writer.Add("one", new float[8], 8);
        writer.Save(model);

        Refused(GgufParts.Write(model, [1, 0]), "llama.block_count");

        Assert.False(File.Exists(Merged));
    }

    [Fact]
    public async Task Merging_can_be_stopped()
    {
        var parts = GgufParts.Write(model, [4, whole.Tensors.Count - 4]);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => GgufMerge.Run(parts, Merged, stop.Token));

        Assert.Empty(folder.GetFiles("merged*"));
    }

    private static void Set(string path, string key, int value)
    {
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)) + key.Length + sizeof(int);
        BitConverter.TryWriteBytes(bytes.AsSpan(at), value);
        File.WriteAllBytes(path, bytes);
    }

    private void Merge(IReadOnlyList<string> parts) => GgufMerge.Run(parts, Merged, TestContext.Current.CancellationToken);

    private void Refused(IReadOnlyList<string> parts, string says) =>
        Assert.Contains(says, Assert.Throws<GgufException>(() => Merge(parts)).Message, StringComparison.Ordinal);
}
