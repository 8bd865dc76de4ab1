"""unittest run inside a program."""
import io, unittest
log = []
class T(unittest.TestCase):
    @classmethod
    def setUpClass(cls): log.append("class up")
    def setUp(self): log.append("up")
    def tearDown(self): log.append("down")
    def test_a_pass(self):
        self.assertEqual(1 + 1, 2)
        self.assertIn(1, [1]); self.assertIsNone(None); self.assertTrue(1); self.assertAlmostEqual(0.1 + 0.2, 0.3)
        with self.assertRaises(ValueError) as cm: int("x")
        log.append(type(cm.exception).__name__)
        with self.assertRaisesRegex(KeyError, "k"): {}["k"]
    def test_b_fail(self): self.assertEqual([1, 2], [1, 3], "message")
    def test_c_error(self): 1 / 0
    @unittest.skip("reason")
    def test_d_skip(self): pass
    @unittest.expectedFailure
    def test_e_expected(self): self.fail("x")
    def test_f_subtests(self):
        for i in range(3):
            with self.subTest(i=i): self.assertNotEqual(i, 1)
    def test_g_cleanup(self): self.addCleanup(log.append, "cleanup")
stream = io.StringIO()
suite = unittest.defaultTestLoader.loadTestsFromTestCase(T)
r = unittest.TextTestRunner(stream, verbosity=2).run(suite)
print(r.testsRun, len(r.failures), len(r.errors), len(r.skipped), len(r.expectedFailures), r.wasSuccessful())  # expect: 7 2 1 1 1 False
print(log)  # expect: ['class up', 'up', 'ValueError', 'down', 'up', 'down', 'up', 'down', 'up', 'down', 'up', 'down', 'up', 'down', 'cleanup']
print([t.id().split(".")[-1] for t, _ in r.failures], r.skipped[0][1])  # expect: ['test_b_fail', 'test_f_subtests (i=1)'] reason
print([l for l in stream.getvalue().splitlines() if l.startswith(("FAILED", "FAIL:", "ERROR:"))])
# expect: ['ERROR: test_c_error (__main__.T.test_c_error)', 'FAIL: test_b_fail (__main__.T.test_b_fail)', 'FAIL: test_f_subtests (__main__.T.test_f_subtests) (i=1)', 'FAILED (failures=2, errors=1, skipped=1, expected failures=1)']
print("AssertionError: Lists differ: [1, 2] != [1, 3]" in r.failures[0][1], "First differing element 1:" in r.failures[0][1])  # expect: True True
t = unittest.TestCase()
for call in lambda: t.assertEqual(1, 2), lambda: t.assertEqual("a", "b"), lambda: t.assertTrue(0), lambda: t.assertIs(1, None), lambda: t.assertIn(1, []), lambda: t.assertRaises(ValueError, int, "1"), lambda: t.assertGreater(1, 2), lambda: t.assertIsInstance(1, str), lambda: t.assertRegex("a", "b"), lambda: t.assertCountEqual([1, 1], [1]), lambda: t.assertAlmostEqual(1, 2), lambda: t.fail("why"), lambda: t.assertDictEqual({"a": 1}, {"a": 2}):
    try:
        call()
    except AssertionError as error:
        print(str(error).split("\n")[0])
# expect: 1 != 2
# expect: 'a' != 'b'
# expect: 0 is not true
# expect: 1 is not None
# expect: 1 not found in []
# expect: ValueError not raised by int
# expect: 1 not greater than 2
# expect: 1 is not an instance of <class 'str'>
# expect: Regex didn't match: 'b' not found in 'a'
# expect: Element counts were not equal:
# expect: 1 != 2 within 7 places (1 difference)
# expect: why
# expect: {'a': 1} != {'a': 2}
