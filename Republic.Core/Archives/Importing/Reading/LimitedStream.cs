namespace Republic.Core.Archives.Importing.Reading;

/// <summary>An entry as it is unpacked: refused when more comes than it said, whatever its header says.</summary>
internal sealed class LimitedStream(Stream below, long most) : ForwardStream(below)
{
    private long left = most;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Below.ReadAsync(buffer, cancellationToken);
        left -= read;
        return left >= 0 ? read : throw new InvalidDataException("An entry unpacks to more than it says.");
    }
}
