namespace Republic.Tests.World;

public static class Pictures
{
    /// <summary>A grey picture in a format that the server does not take.</summary>
    public static byte[] Bitmap(int width, int height)
    {
        var stride = (width * 3 + 3) / 4 * 4;
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("BM"u8);
        writer.Write(54 + stride * height);
        writer.Write(0);
        writer.Write(54);
        writer.Write(40);
        writer.Write(width);
        writer.Write(height);
        writer.Write((short)1);
        writer.Write((short)24);
        writer.Write(new byte[24]);
        writer.Write(Enumerable.Repeat((byte)120, stride * height).ToArray());
        return bytes.ToArray();
    }
}
