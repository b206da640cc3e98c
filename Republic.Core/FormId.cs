using System.Security.Cryptography;

namespace Republic.Core;

/// <summary>
/// The id of what a form makes: of the form's own id and of who sends it. The same form sent twice makes one thing, and nobody comes upon
/// what somebody else made by sending its id.
/// </summary>
public static class FormId
{
    private const int Length = 16;

    // Of a version 7: lists are in the order of ids, which begin with the time they were made.
    private const int Time = 6;

    public static Guid? Of(Guid person, Guid? form) => form is { } sent ? Of(person, sent) : null;

    private static Guid Of(Guid person, Guid form)
    {
        Span<byte> both = stackalloc byte[2 * Length];
        person.TryWriteBytes(both, bigEndian: true, out _);
        form.TryWriteBytes(both[Length..], bigEndian: true, out _);
        var id = SHA256.HashData(both).AsSpan(0, Length);
        both.Slice(Length, Time).CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
