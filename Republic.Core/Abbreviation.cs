namespace Republic.Core;

/// <summary>The full stop of “Dr. Meier”, which ends no sentence. Pieces of regular expressions, for English and German alike.</summary>
internal static class Abbreviation
{
    // “No. 5”, but “No. I live in Oslo.”; “and so on, etc. and”, but “etc. Then”; “3. Mai” is the German for the third of May.
    private const string AndItsStop = """
        (?<=(?<![\p{L}\p{N}])(dr|mr|mrs|ms|mx|prof|st|sr|jr|hr|rev|capt|lt|sgt|mt|vs|approx|dept|nr|ca|bzw|evtl|inkl|ggf|dipl|ing|vgl|geb|phil|med|(?-i:Co|Mag|Col|Gen|Fr|Abs|Art|Tel)|\p{L})\.|str\.
          |(?<![\p{L}\p{N}])no\.(?=\s+\d)|(?<![\p{L}\p{N}])(etc|usw|inc|ltd)\.(?=\s+(?-i:\p{Ll}))
          |(?<!\d)\d{1,2}\.(?=\s+(jan|jän|feb|märz|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)))
        """;

    // “I live in Main St. My dog is called Rex.” These words begin a sentence far more often than they are a name.
    private const string AndGoesOn =
        @"(?=\s+\S)(?!\s+((?-i:I|My|We|Our|It|He|She|They|The|This|That|There|And|But|So|Also|Please|Remember|Do|What|Where|When|How|Why|Ich|Mein|Meine|Wir|Unser|Unsere|Er|Sie|Es|Das|Der|Die|Und|Aber|Bitte|Merk|Was|Wo)|i|my)\b)";

    /// <summary>Behind such a stop the sentence goes on. For <c>RegexOptions.IgnorePatternWhitespace</c> and <c>IgnoreCase</c>.</summary>
    public const string Passed = $"{AndItsStop}{AndGoesOn}";

    /// <summary>One sign within a sentence, under the same options.</summary>
    public const string Within = $@"([^.?!\r\n]|\.{Passed})";
}
