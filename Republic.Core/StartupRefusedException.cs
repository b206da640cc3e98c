namespace Republic.Core;

/// <summary>The installation is set up in a way that must not run. The message says what is wrong and what to do; no stack trace helps.</summary>
public sealed class StartupRefusedException(string message, Exception? inner = null) : Exception(message, inner);
