namespace Republic.Core.Knowledge.Collections;

/// <param name="Language">As PostgreSQL calls its search configurations: <c>english</c>, <c>german</c>; <c>simple</c> where it is not known.</param>
public sealed record LanguagePassages(string Language, int Passages);
