using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native;

/// <summary>
/// What C++ does where nobody catches an exception, such as that of an allocation that failed on a thread of the library's own: it ends
/// the process by a signal. Only libstdc++ has its handler under these names.
/// </summary>
internal static unsafe class CppTerminate
{
    private const int StandardError = 2;
    private const int Refused = 1;
    private static delegate* unmanaged[Cdecl]<int, byte*, nuint, nint> write;
    private static delegate* unmanaged[Cdecl]<int, void> exit;
    private static delegate* unmanaged[Cdecl]<byte**> thrownType;
    private static delegate* unmanaged[Cdecl]<void> before;
    private static byte* words;
    private static nuint length;

    /// <summary>From now on, for lack of memory, it says this sentence and ends with exit code 1.</summary>
    public static void SayNoMemory(string sentence)
    {
        if (
            !NativeLibrary.TryLoad("libstdc++.so.6", out var cpp)
            || !NativeLibrary.TryGetExport(cpp, "_ZSt13set_terminatePFvvE", out var setTerminate)
            || !NativeLibrary.TryGetExport(cpp, "__cxa_current_exception_type", out var currentType)
            || !NativeLibrary.TryLoad("libc.so.6", out var libc)
        )
        {
            return;
        }

        // There is no memory when it is called: whatever it needs is made now, its machine code too.
        write = (delegate* unmanaged[Cdecl]<int, byte*, nuint, nint>)NativeLibrary.GetExport(libc, "write");
        exit = (delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(libc, "_exit");
        thrownType = (delegate* unmanaged[Cdecl]<byte**>)currentType;
        words = (byte*)Marshal.StringToCoTaskMemUTF8(sentence + "\n");
        length = (nuint)MemoryMarshal.CreateReadOnlySpanFromNullTerminated(words).Length;
        var end = typeof(CppTerminate).GetMethod(nameof(End), BindingFlags.NonPublic | BindingFlags.Static)!;
        RuntimeHelpers.PrepareMethod(end.MethodHandle);
        before = ((delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<void>, delegate* unmanaged[Cdecl]<void>>)setTerminate)(&End);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End()
    {
        // A std::type_info is its virtual table and then its name.
        var type = thrownType();
        if (type is null || !MemoryMarshal.CreateReadOnlySpanFromNullTerminated(type[1]).SequenceEqual("St9bad_alloc"u8))
        {
            before();
        }

        _ = write(StandardError, words, length);
        exit(Refused);
    }
}
